using Strata.Compilation.Passes;
using Strata.Compilation.Planning;
using Strata.Operations;

namespace Strata.Compilation.Inspection;

/// <summary>Runs a plan and, beside it, what was traced, and finds out who is at fault where they differ: a pass, a rule, an operation that
/// writes over an input too early, one that gives other results each time, or the layout of memory.</summary>
internal sealed class DebugRun
{
    const int ShownLines = 30;

    readonly Graph traced;
    readonly CompileOptions options;
    readonly List<(string Pass, Graph Graph)> stages = [];
    readonly ExecutionPlan plan;
    readonly Dictionary<int, Tensor> hostValues = []; // of the latest run

    public DebugRun(Graph traced, CompileOptions options)
    {
        (this.traced, this.options) = (traced, options);
        GraphCheck.Run(traced, "tracing");
        Compiler.Optimize(traced, options, (name, graph) =>
        {
            GraphCheck.Run(graph, name);
            stages.Add((name, graph));
        });
        var again = Compiler.Optimize(traced, options);
        var last = stages.Count > 0 ? stages[^1].Graph : traced;
        if (GraphText.Lines(again) != GraphText.Lines(last)) throw new StrataException($"Debug: the passes gave another graph when they ran again.\n{Shown(last)}\nand then\n{Shown(again)}");
        plan = new ExecutionPlan(Watched(OwnMemory.Run(last)));
    }

    /// <summary>Runs the plan and everything beside it.</summary>
    public Tensor[] Run(Tensor[] arguments)
    {
        var before = traced.Nodes.Select(node => node.Operation).OfType<VariableRead>().ToDictionary(read => read.Variable, read => Copied(read.Variable.Current));
        Tensor ValueOf(Leaf leaf) => leaf switch
        {
            Argument argument => arguments[argument.Index],
            VariableRead read => before[read.Variable],
            HostValue value => hostValues[value.Number],
            _ => throw new InvalidOperationException($"{leaf.Name} is no input of a graph."),
        };

        var results = plan.Run(arguments);
        var expected = Interpreter.Run(traced, ValueOf);
        var previous = traced;
        foreach (var (pass, graph) in stages)
        {
            if (Difference(expected, graph, Interpreter.Run(graph, ValueOf)) is { } difference)
                throw new StrataException($"Debug: the pass {pass}{RuleAtFault(pass, previous, expected, ValueOf)} is at fault: {difference}.\nbefore\n{Shown(previous)}after\n{Shown(graph)}");
            previous = graph;
        }

        CheckOperations(plan.Graph, Interpreter.Run(plan.Graph, ValueOf));
        var actual = results.Concat(traced.Writes.Keys.Select(variable => variable.Current));
        foreach (var ((name, x), got) in Ends(traced).Zip(actual))
            if (Difference(expected[x], got) is { } difference)
                throw new StrataException($"Debug: the layout of memory or the order of operations is at fault: {name}: {difference}.\n{Shown(plan.Graph)}");
        return results;
    }

    // Host values are kept as they are filled.
    Graph Watched(Graph graph)
    {
        for (var i = 0; i < graph.Host.Count; i++)
            if (graph.Host[i] is { Value: { } value, Run: var fill } step)
            {
                var number = ((HostValue)value.Node!.Operation).Number;
                graph.Host[i] = step with
                {
                    Run = place =>
                    {
                        fill(place);
                        hostValues[number] = Copied(place!);
                    },
                };
            }

        return graph;
    }

    string? Difference(Dictionary<Tensor, Tensor> expected, Graph graph, Dictionary<Tensor, Tensor> actual)
    {
        var ends = graph.Results.Concat(traced.Writes.Keys.Select(variable => graph.Writes[variable]));
        foreach (var ((name, x), y) in Ends(traced).Zip(ends))
            if (Difference(expected[x], actual[y]) is { } difference) return $"{name}: {difference}";
        return null;
    }

    // Rounding is allowed to differ, and a number may stand where the formula as written gave none.
    static string? Difference(Tensor expected, Tensor actual)
    {
        if (expected.Type != actual.Type) return $"it is a {actual.Type}, but was traced as a {expected.Type}";
        var tolerance = expected.DType == DType.Float64 ? 1e-9 : expected.DType == DType.Float32 ? 1e-4 : 0;
        var scale = 1.0;
        for (var i = 0L; i < expected.Size; i++)
            if (Math.Abs(expected.At(i)) is var magnitude && double.IsFinite(magnitude)) scale = Math.Max(scale, magnitude);
        for (var i = 0L; i < expected.Size; i++)
        {
            var (e, a) = (expected.At(i), actual.At(i));
            if (!e.Equals(a) && double.IsFinite(e) && !(Math.Abs(e - a) <= tolerance * scale)) return $"element {i} is {a}, but {e} as traced";
        }

        return null;
    }

    // The rule without which the pass is right.
    string RuleAtFault(string pass, Graph before, Dictionary<Tensor, Tensor> expected, Func<Leaf, Tensor> valueOf)
    {
        if (pass != "simplify") return "";
        foreach (var rule in Simplify.Rules)
        {
            var graph = Simplify.Run(before, options.Without(rule.Name));
            if (Difference(expected, graph, Interpreter.Run(graph, valueOf)) is null) return $" with its rule \"{rule.Name}\"";
        }

        return "";
    }

    static void CheckOperations(Graph graph, Dictionary<Tensor, Tensor> values)
    {
        foreach (var node in graph.Nodes)
        {
            if (node.Operation is Leaf || node.Operation.HasEffect) continue;
            var inputs = Array.ConvertAll(node.Inputs, x => values[x]);
            var copies = Array.ConvertAll(inputs, Copied);
            if (!Same(Interpreter.RunNode(node, copies), Outputs(node, values))) throw Fault("it gives another result when it runs again");
            if (!Same(copies, inputs)) throw Fault("it changes its input");
            if (node.Operation.IsView && !Bytes(inputs[0]).SequenceEqual(Bytes(values[node.Outputs[0]]))) throw Fault("it says that it only renames its input, but changes the elements");
            for (var input = 0; input < inputs.Length; input++)
                for (var output = 0; output < node.Outputs.Length; output++)
                {
                    if (!node.Operation.Overwrites(input, output) || inputs[input].Type != node.Outputs[output].Type) continue;
                    var place = Copied(inputs[input]);
                    var at = input;
                    var shared = Enumerable.Range(0, inputs.Length).Select(i => ReferenceEquals(node.Inputs[i], node.Inputs[at]) ? place : inputs[i]).ToArray();
                    if (!Same(Interpreter.RunNode(node, shared, new() { [output] = place }), Outputs(node, values)))
                        throw Fault($"it says that output {output} may be written over input {input}, but gives another result then");
                }

            StrataException Fault(string what) => new($"Debug: the operation {node} is at fault: {what}.");
        }
    }

    static Tensor[] Outputs(Node node, Dictionary<Tensor, Tensor> values) => Array.ConvertAll(node.Outputs, y => values[y]);

    static bool Same(Tensor[] a, Tensor[] b) => a.Zip(b).All(pair => Bytes(pair.First).SequenceEqual(Bytes(pair.Second)));

    static unsafe ReadOnlySpan<byte> Bytes(Tensor x) => new(x.Pointer, checked((int)(x.Size * x.DType.Size())));

    static Tensor Copied(Tensor x) => new Copy().Apply(x);

    static IEnumerable<(string Name, Tensor X)> Ends(Graph graph) =>
        graph.Results.Select((x, i) => ($"result {i}", x)).Concat(graph.Writes.Select(w => (w.Key.Name, w.Value)));

    static string Shown(Graph graph)
    {
        var lines = GraphText.Lines(graph).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(lines.Take(ShownLines).Select(line => $"  {line}\n")) + (lines.Length > ShownLines ? $"  … {lines.Length - ShownLines} more lines\n" : "");
    }
}
