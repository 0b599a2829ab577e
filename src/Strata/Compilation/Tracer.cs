using System.Diagnostics;
using Strata.Compilation.Rules;
using Strata.Differentiation;
using Strata.Operations;

namespace Strata.Compilation;

/// <summary>While one is open on a thread, operations are not run but noted as nodes of a graph.</summary>
/// <param name="captures">For the body of a loop or branch, which is a graph of its own: what it takes from outside becomes an argument, see
/// <see cref="Body"/>. Null for a function.</param>
internal sealed class Tracer(CaptureList? captures = null)
{
    [ThreadStatic]
    static Tracer? current;

    readonly Dictionary<Tensor, Tensor> constants = [];
    readonly Dictionary<Variable, Tensor> values = []; // as the function has left them so far
    int regions;

    /// <summary>The tracer at work on this thread.</summary>
    public static Tracer? Current => current;

    /// <summary>Where the user's code called each operation, by its number in the trace; null: nobody asks, for it is slow to find out.</summary>
    public Dictionary<int, string?>? Sites { get; init; }

    /// <summary>What was traced so far.</summary>
    public Graph Graph { get; } = new();

    /// <summary>How the graph will be compiled.</summary>
    public CompileOptions Options { get; init; } = CompileOptions.Default;

    /// <summary>The <see cref="Node.Origin"/> of the nodes to come; null: each is its own.</summary>
    public int? Origin { get; set; }

    /// <summary>The <see cref="Node.Region"/> of the nodes to come.</summary>
    public int Region { get; set; }

    /// <summary>What is tried on each operation before it is noted. In the trace of a function the tapes record the replacement, and so the
    /// gradient is the replacement's, too.</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>Runs <paramref name="f"/> traced.</summary>
    public T Run<T>(Func<T> f)
    {
        var outer = current;
        current = this;
        try
        {
            return f();
        }
        finally
        {
            current = outer;
        }
    }

    /// <summary>Runs <paramref name="f"/> eagerly, whether a tracer is at work or not: the making of weights, say.</summary>
    public static T Untraced<T>(Func<T> f)
    {
        var outer = current;
        current = null;
        try
        {
            return f();
        }
        finally
        {
            current = outer;
        }
    }

    /// <inheritdoc cref="Untraced{T}(Func{T})"/>
    public static void Untraced(Action f) => Untraced(() =>
    {
        f();
        return true;
    });

    /// <summary>Runs <paramref name="f"/>, which computes again on purpose what was computed before: in a trace, as a region of its own.</summary>
    public static T Again<T>(Func<T> f)
    {
        if (current is not { } tracer) return f();
        var outer = tracer.Region;
        tracer.Region = ++tracer.regions;
        try
        {
            return f();
        }
        finally
        {
            tracer.Region = outer;
        }
    }

    /// <summary>Does something on the host: now, or in a trace before each run.</summary>
    public static void OnHost(Action action)
    {
        if (current is { } tracer) tracer.Graph.Host.Add(new HostStep(null, _ => action()));
        else action();
    }

    /// <summary>Notes an application of an operation and lets the open tapes record it.</summary>
    public Tensor[] Apply(Operation operation, Tensor[] x)
    {
        var types = operation.InferAll(x);
        var inputs = Array.ConvertAll(x, Symbol);
        if (types.Length == 1 && Rules?.Rewrite(operation, inputs, types[0]) is { } better) return [Symbol(better)];
        var y = Add(operation, inputs, types);
        Tape.Record(operation, x, y);
        return y;
    }

    /// <summary>Notes an application to tensors of this trace.</summary>
    public Tensor[] Add(Operation operation, Tensor[] inputs, TensorType[] types)
    {
        Sites?.Add(Graph.Nodes.Count, CallSite.Of(new StackTrace(fNeedFileInfo: true)));
        return Graph.Add(operation, inputs, types, Origin ?? Graph.Nodes.Count, Region).Outputs;
    }

    /// <summary>The next argument of the function.</summary>
    public Tensor Argument(TensorType type)
    {
        var argument = AddLeaf(new Argument(type, Graph.Arguments.Count));
        Graph.Arguments.Add(argument);
        return argument;
    }

    /// <summary>A tensor that <paramref name="fill"/> writes before each run.</summary>
    public Tensor HostValue(TensorType type, Action<Tensor> fill)
    {
        var value = AddLeaf(new HostValue(type, Graph.Host.Count));
        Graph.Host.Add(new HostStep(value, x => fill(x!)));
        return value;
    }

    /// <summary>The value of a variable at this point of the function.</summary>
    public Tensor Read(Variable variable)
    {
        if (!values.TryGetValue(variable, out var value))
            values[variable] = value = captures is null ? AddLeaf(new VariableRead(variable)) : Capture(captures.ValueOf(variable));
        return value;
    }

    /// <summary>Gives a variable a new value from this point on.</summary>
    /// <returns>The value until here.</returns>
    public Tensor Write(Variable variable, Tensor value)
    {
        var old = Read(variable);
        Graph.Writes[variable] = values[variable] = Symbol(value);
        return old;
    }

    /// <summary>The tensor as one of this graph: itself, or a constant.</summary>
    public Tensor Symbol(Tensor x)
    {
        if (x.Node?.Graph == Graph) return x;
        if (captures is not null && captures.Takes(x)) return Capture(x);
        if (x.Node is not null)
            throw new StrataException($"Compiled: a {x.Type} of another trace was used; a traced function must not keep tensors outside of variables.");
        if (!constants.TryGetValue(x, out var constant)) constants[x] = constant = AddLeaf(new Constant(x.Keep()));
        return constant;
    }

    Tensor Capture(Tensor x)
    {
        if (!captures!.Inside.TryGetValue(x, out var inside)) captures.Inside[x] = inside = Argument(x.Type);
        return inside;
    }

    Tensor AddLeaf(Leaf leaf) => Graph.Add(leaf, [], [leaf.Type], Origin ?? Graph.Nodes.Count, region: 0).Outputs[0];
}
