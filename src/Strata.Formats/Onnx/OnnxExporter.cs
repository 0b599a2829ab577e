using Strata.Compilation;
using Strata.Formats.PyTorch;
using Strata.Nn;
using Strata.Operations;

namespace Strata.Formats.Onnx;

/// <summary>Turns the operations of a traced model into nodes. The model is traced for two numbers of examples: what differs between the traces follows
/// from that number, everything else is fixed; operations on constants alone are done here and now.</summary>
sealed partial class OnnxExporter
{
    readonly OnnxGraph graph = new() { Name = "model" };
    readonly OnnxOptions options;
    readonly Graph trace, other; // for two numbers of examples
    readonly Dictionary<Tensor, Value> values = [];
    readonly Dictionary<(Tensor, string), string> initializers = [];
    readonly Dictionary<Variable, string> paths = [];
    readonly Dictionary<Tensor, string> weights = []; // by their values
    Node twin = null!; // the node of the other trace that belongs to the one at work
    List<OnnxNode> nodes; // where nodes go: the graph's, or those of a loop's inside
    int made; // nodes so far, which names are numbered by

    public OnnxExporter(Model model, Shape[] inputs, OnnxOptions options)
    {
        this.options = options;
        nodes = graph.Nodes;
        graph.Name = model.Name;
        var types = inputs.Select((_, i) => i < options.InputTypes.Count ? options.InputTypes[i] : DType.Float32).ToArray();
        model.Apply([.. inputs.Zip(types, (shape, type) => Tensor.Zeros([1, .. shape.Span], type))], new CallContext()); // makes the weights
        foreach (var (path, variable) in model.WeightPaths()) paths.TryAdd(variable, path);
        trace = Trace(options.Batch ?? 2);
        other = options.Batch is null ? Trace(3) : trace;
        if (trace.Nodes.Count != other.Nodes.Count) throw new StrataException($"Onnx: '{model.Name}' does other operations for another number of examples; set the batch in the options.");

        Graph Trace(int batch)
        {
            var tracer = new Tracer();
            return tracer.Run(() =>
            {
                var arguments = inputs.Zip(types, (shape, type) => tracer.Argument(new TensorType([batch, .. shape.Span], type))).ToArray();
                foreach (var y in model.Apply(arguments, new CallContext())) tracer.Graph.Results.Add(tracer.Symbol(y));
                return tracer.Graph;
            });
        }
    }

    /// <summary>What a tensor of the trace is in the file: a name in the order it has here, one with channels moved to axis 1, or both; or a constant.</summary>
    sealed class Value
    {
        public string? Plain { get; set; }

        public string? First { get; set; }

        public Tensor? Constant { get; init; }

        /// <summary>The constant in the other trace.</summary>
        public Tensor? Twin { get; init; }
    }

    public OnnxGraph Export()
    {
        foreach (var (argument, i) in trace.Arguments.Select((a, i) => (a, i)))
        {
            var (name, first) = (trace.Arguments.Count == 1 ? "input" : $"input_{i + 1}", options.ChannelsFirst && argument.Rank == 4);
            values[argument] = first ? new Value { First = name } : new Value { Plain = name };
            graph.Inputs.Add(new(name, OnnxMessages.Number(argument.DType), Sizes(argument, other.Arguments[i], first)));
        }

        EmitAll(trace, other);
        foreach (var (result, i) in trace.Results.Select((r, i) => (r, i)))
        {
            var (name, first) = (trace.Results.Count == 1 ? "output" : $"output_{i + 1}", options.ChannelsFirst && result.Rank == 4);
            graph.Nodes.Add(new("Identity", [first ? First(result) : Plain(result)], [name], new Dictionary<string, object>()));
            graph.Outputs.Add(new(name, OnnxMessages.Number(result.DType), Sizes(result, other.Results[i], first)));
        }

        DropUnused();
        return graph;
    }

    void EmitAll(Graph graph, Graph other)
    {
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            twin = other.Nodes[i];
            if (twin.Operation.GetType() != node.Operation.GetType()) throw Unsupported(node, "differs with the number of examples");
            if (node.Operation is Argument) continue;
            if (node.Operation is Compilation.Constant constant) Known(node, [constant.Value], [((Compilation.Constant)twin.Operation).Value]);
            else if (node.Operation is VariableRead read)
            {
                Tensor[] value = [read.Variable.Value];
                if (paths.TryGetValue(read.Variable, out var path)) weights[value[0]] = path;
                Known(node, value, value);
            }
            else if (node.Operation is HostValue) throw Unsupported(node, "is computed by the host");
            else if (node.Inputs.All(x => values[x].Constant is not null)) Fold(node);
            else Emit(node);
        }
    }

    static long?[] Sizes(Tensor a, Tensor b, bool first)
    {
        long?[] sizes = [.. a.Shape.Zip(b.Shape, (p, q) => p == q ? (long?)p : null)];
        return first ? [sizes[0], sizes[^1], .. sizes[1..^1]] : sizes;
    }

    void Known(Node node, Tensor[] constants, Tensor[] twins)
    {
        for (var i = 0; i < constants.Length; i++) values[node.Outputs[i]] = new Value { Constant = constants[i], Twin = twins[i] };
    }

    void Fold(Node node)
    {
        if (node.Operation is Operations.RandomNormal or Operations.RandomUniform or RandomIntegers) throw Unsupported(node, "draws random numbers");
        Known(node, Run(node.Operation, [.. node.Inputs.Select(x => values[x].Constant!)]), Run(twin.Operation, [.. node.Inputs.Select(x => values[x].Twin!)]));

        static Tensor[] Run(Operation operation, Tensor[] inputs)
        {
            Tensor[] outputs = [.. operation.InferAll(inputs).Select(t => Tensor.Allocate(t.Shape, t.DType))];
            operation.RunAll(Device.Cpu.Kernels, inputs, outputs);
            return outputs;
        }
    }

    /// <summary>Drops nodes whose outputs nobody takes.</summary>
    void DropUnused()
    {
        var used = graph.Outputs.Select(o => o.Name).ToHashSet();
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
            if (graph.Nodes[i].Outputs.Any(used.Contains)) used.UnionWith(graph.Nodes[i].Needs);
            else graph.Nodes.RemoveAt(i);
        foreach (var name in graph.Initializers.Keys.Where(n => !used.Contains(n)).ToArray()) graph.Initializers.Remove(name);
    }

    // ---- Values ----

    /// <summary>The name of a tensor in the order that it has here.</summary>
    string Plain(Tensor x)
    {
        var value = values[x];
        if (value.Constant is not null) return Initializer(Shared(x), "", c => c);
        return value.Plain ??= Add("Transpose", [value.First!], ("perm", ToLast(x.Rank)));
    }

    /// <summary>The name of a tensor [n, …, c] in the order [n, c, …].</summary>
    string First(Tensor x)
    {
        var value = values[x];
        if (value.Constant is not null) return Initializer(Shared(x), "first", c => c.Transpose(ToFirst(c.Rank).Select(a => (int)a).ToArray()));
        return value.First ??= Add("Transpose", [value.Plain!], ("perm", ToFirst(x.Rank)));
    }

    /// <summary>A constant for any number of examples: one that grew with their number must repeat one row, which then broadcasts.</summary>
    Tensor Shared(Tensor x)
    {
        var (a, b) = (values[x].Constant!, values[x].Twin!);
        if (ReferenceEquals(a, b)) return a;
        if (a.Shape != b.Shape)
        {
            if (a.Rank == 0 || a.Shape[1..] != b.Shape[1..]) throw new StrataException($"Onnx: a constant is {a.Type} for two examples and {b.Type} for three; set the batch in the options.");
            a = a.Slice([0], [1]); // below, every row of the other one is compared with it
        }

        return a.NotEqualTo(b).Any().Item() == 0 ? a : throw new StrataException($"Onnx: a constant of {a.Type} depends on the number of examples; set the batch in the options.");
    }

    string Initializer(Tensor constant, string form, Func<Tensor, Tensor> change)
    {
        if (initializers.TryGetValue((constant, form), out var name)) return name;
        name = weights.TryGetValue(constant, out var path) ? WeightName(path, form) : "c";
        if (name == "c" || graph.Initializers.ContainsKey(name)) name = $"{name}{initializers.Count}";
        initializers[(constant, form)] = name;
        graph.Initializers[name] = change(constant);
        return name;
    }

    // The name tells the layout, as it does where weights are loaded.
    static string WeightName(string path, string form) => form switch
    {
        "" => path,
        "kernel" or "transposed" => TorchWeights.NameOf(path, new()),
        _ => $"{path}.{form}",
    };

    string Ints(params long[] values) => New(Tensor.From(values));

    string Number(double value, DType type) => New(Tensor.Scalar(value, type));

    string New(Tensor constant) => Initializer(constant, "", c => c);

    static long[] ToFirst(int rank) => [0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(a => (long)a)];

    static long[] ToLast(int rank) => [0, .. Enumerable.Range(2, rank - 2).Select(a => (long)a), 1];

    /// <summary>Whether it is cheaper to go on with channels first.</summary>
    bool IsFirst(Tensor x) => values[x] is { Plain: null, First: not null };

    static int FirstAxis(int axis, int rank) => axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1;

    string Add(string operation, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes) => AddMany(operation, inputs, 1, attributes)[0];

    string[] AddMany(string operation, IReadOnlyList<string> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(i => $"v{made}{(i == 0 ? "" : $"_{i}")}")];
        made++;
        nodes.Add(new(operation, inputs, names, attributes.ToDictionary(a => a.Name, a => a.Value)));
        return names;
    }

    static StrataException Unsupported(Node node, string what = "has no operator in ONNX that is written here") => new($"Onnx: {node} {what}.");
}
