using Strata.Differentiation;

namespace Strata.Compilation;

/// <summary>The inside of a loop or branch, traced to a graph of its own. What the user's function took from around it has become arguments.</summary>
/// <param name="Graph">The graph; its results are those of the function.</param>
/// <param name="Parameters">The arguments that stand for what the function was given.</param>
/// <param name="Captures">The arguments that stand for what it took from around it.</param>
/// <param name="Captured">What it took, in the same order.</param>
internal sealed record Body(Graph Graph, Tensor[] Parameters, Tensor[] Captures, Tensor[] Captured)
{
    /// <summary>Traces <paramref name="f"/> for parameters of the given types.</summary>
    public static Body Trace(TensorType[] parameters, Func<Tensor[], Tensor[]> f)
    {
        var captures = new CaptureList();
        var options = Tracer.Current?.Options ?? CompileOptions.Default;
        var tracer = new Tracer(captures) { Options = options, Rules = Compiler.TraceRules(options) };
        var inside = Tape.Unrecorded(() => tracer.Run(() =>
        {
            var arguments = Array.ConvertAll(parameters, tracer.Argument);
            tracer.Graph.Results.AddRange(f(arguments).Select(tracer.Symbol));
            return arguments;
        }));
        return new Body(tracer.Graph, inside, [.. captures.Inside.Values], [.. captures.Inside.Keys]);
    }

    /// <summary>The body as a branch: no parameters, all results are outputs.</summary>
    public LoopBody AsBranch(string of) => Made(of, [], [], [.. Graph.Results]);

    /// <summary>The body as a loop whose parameters are the states: its results are the next states, or those of a condition.</summary>
    public LoopBody AsLoop(string of, bool isCondition = false) => isCondition
        ? Made(of, Parameters, [], [.. Graph.Results])
        : Made(of, Parameters, [.. Graph.Results], []);

    LoopBody Made(string of, Tensor[] states, Tensor[] next, Tensor[] outputs)
    {
        if (Graph.Writes.Count > 0) throw new StrataException($"{of}: variable '{Graph.Writes.Keys.First().Name}' is assigned inside; return its new value and assign it after.");
        return new LoopBody { Graph = Graph, Items = [], States = states, Captures = Captures, Next = next, Outputs = outputs, Options = Tracer.Current?.Options ?? CompileOptions.Default };
    }
}
