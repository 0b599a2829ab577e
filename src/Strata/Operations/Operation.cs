using System.Diagnostics.CodeAnalysis;
using Strata.Compilation;
using Strata.Differentiation;
using Strata.Kernels;

namespace Strata.Operations;

/// <summary>One operation with its attributes: shape rule, kernel and gradient. A record, so that two with equal attributes are the same
/// operation. Written as a <see cref="Unary"/>, <see cref="Binary"/>, <see cref="Variadic"/> or <see cref="Multiple"/>, and called through a
/// method of <see cref="Tensor"/> in the same file.</summary>
/// <remarks>Attributes are normalized (no negative axes, no defaults) before the record is made, and hold no arrays
/// (see <see cref="ValueList{T}"/>). The gradient is written in tensor operations, so that it can be differentiated again.</remarks>
public abstract record Operation
{
    private protected Operation()
    {
    }

    /// <summary>The name in messages and pictures.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The types of the outputs for these inputs; checks the inputs.</summary>
    /// <exception cref="ShapeException">The inputs do not fit; the message begins with the operation's name.</exception>
    internal abstract TensorType[] InferAll(Tensor[] x);

    /// <summary>Whether the kernel may write output <paramref name="output"/> over input <paramref name="input"/> if both have the same type:
    /// it then reads no element of the input after the one at its place was written.</summary>
    internal virtual bool Overwrites(int input, int output) => false;

    /// <summary>Whether the operation does something beside its outputs, so that it must run though nobody reads them.</summary>
    internal virtual bool HasEffect => false;

    /// <summary>Whether each output is an input's memory under another shape or name: a plan runs nothing for it.</summary>
    internal virtual bool IsView => false;

    /// <summary>Of a view, the input whose memory an output is.</summary>
    internal virtual int ViewedInput(int output) => 0;

    /// <summary>Runs the operation, or traces it if a tracer is at work.</summary>
    internal virtual Tensor[] ApplyTo(Tensor[] x) => ApplyAll(x);

    /// <summary>Whether each element of the output depends on the elements at its place of the inputs alone (broadcast to the output's shape), and
    /// the kernel may be run on any stretch of them.</summary>
    internal virtual bool IsElementwise => false;

    internal abstract void RunAll(CpuKernels k, Tensor[] x, Tensor[] y);

    /// <summary>The gradients for the inputs from those for the outputs (null: zero); null for an input that has none or is not
    /// <paramref name="needs">needed</paramref>.</summary>
    internal abstract Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs);

    /// <summary>Writes the attributes of derived records alone.</summary>
    protected virtual bool PrintMembers(System.Text.StringBuilder builder) => false;

    /// <summary>Runs the operation and lets the open tapes record it.</summary>
    private protected Tensor[] ApplyAll(Tensor[] x)
    {
        if (Tracer.Current is { } tracer) return tracer.Apply(this, x);
        var types = InferAll(x);
        var y = new Tensor[types.Length];
        for (var i = 0; i < y.Length; i++) y[i] = Tensor.Allocate(types[i].Shape, types[i].DType);
        RunAll((x.Length > 0 ? x[0].Device : Device.Cpu).Kernels, x, y);
        GC.KeepAlive(x); // kernels work on addresses, which keep nothing alive
        Tape.Record(this, x, y);
        return y;
    }

    /// <summary>Lets the open tapes record an application.</summary>
    private protected Tensor Recorded(Tensor[] x, Tensor y)
    {
        Tape.Record(this, x, [y]);
        return y;
    }

    /// <summary>Throws a <see cref="ShapeException"/> that begins with the operation's name.</summary>
    [DoesNotReturn]
    protected void Fail(string message) => throw new ShapeException($"{Name}: {message}");
}

/// <summary>Which inputs of an operation somebody wants the gradient for.</summary>
public readonly record struct Needs(uint Bits)
{
    /// <summary>Whether the gradient for the input at <paramref name="index"/> is wanted.</summary>
    public bool this[int index] => index > 31 || (Bits >> index & 1) != 0;
}

/// <summary>An operation with one output and any number of inputs.</summary>
public abstract record Variadic : Operation
{
    /// <summary>The type of the output; checks the inputs.</summary>
    protected abstract TensorType Infer(Tensor[] x);

    /// <summary>Fills <paramref name="y"/>.</summary>
    protected abstract void Run(CpuKernels k, Tensor[] x, Tensor y);

    /// <summary>dL/dx for each input from <paramref name="dy"/> = dL/dy; null where the gradient is zero or not needed.</summary>
    protected virtual Tensor?[] Gradient(Tensor[] x, Tensor y, Tensor dy, Needs needs) =>
        throw new StrataException($"{Name}: it has no gradient.");

    /// <summary>Runs the operation.</summary>
    public Tensor Apply(params Tensor[] x) => ApplyAll(x)[0];

    internal sealed override TensorType[] InferAll(Tensor[] x) => [Infer(x)];

    internal sealed override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => Run(k, x, y[0]);

    internal sealed override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
        dy[0] is { } d ? Gradient(x, y[0], d, needs) : [];
}

/// <summary>An operation of one input and one output.</summary>
public abstract record Unary : Operation
{
    /// <summary>The type of the output; by default the input's.</summary>
    protected virtual TensorType Infer(Tensor x) => x.Type;

    /// <summary>Fills <paramref name="y"/>.</summary>
    protected abstract void Run(CpuKernels k, Tensor x, Tensor y);

    /// <summary>dL/dx from <paramref name="dy"/> = dL/dy; null where it is zero.</summary>
    protected virtual Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => throw new StrataException($"{Name}: it has no gradient.");

    /// <summary>Runs the operation.</summary>
    public Tensor Apply(Tensor x)
    {
        if (Tracer.Current is { } tracer) return tracer.Apply(this, [x])[0];
        var type = Infer(x);
        var y = Tensor.Allocate(type.Shape, type.DType);
        Run(x.Device.Kernels, x, y);
        GC.KeepAlive(x);
        return Tape.Listening ? Recorded([x], y) : y;
    }

    internal sealed override TensorType[] InferAll(Tensor[] x) => [Infer(x[0])];

    internal sealed override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => Run(k, x[0], y[0]);

    internal sealed override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
        dy[0] is { } d ? [Gradient(x[0], y[0], d)] : [];
}

/// <summary>An operation of two inputs and one output.</summary>
public abstract record Binary : Operation
{
    /// <summary>The type of the output; checks the inputs.</summary>
    protected abstract TensorType Infer(Tensor a, Tensor b);

    /// <summary>Fills <paramref name="y"/>.</summary>
    protected abstract void Run(CpuKernels k, Tensor a, Tensor b, Tensor y);

    /// <summary>(dL/da, dL/db) from <paramref name="dy"/> = dL/dy; null where it is zero or not needed.</summary>
    protected virtual (Tensor? A, Tensor? B) Gradient(Tensor a, Tensor b, Tensor y, Tensor dy, Needs needs) =>
        throw new StrataException($"{Name}: it has no gradient.");

    /// <summary>Runs the operation.</summary>
    public Tensor Apply(Tensor a, Tensor b)
    {
        if (Tracer.Current is { } tracer) return tracer.Apply(this, [a, b])[0];
        var type = Infer(a, b);
        var y = Tensor.Allocate(type.Shape, type.DType);
        Run(a.Device.Kernels, a, b, y);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return Tape.Listening ? Recorded([a, b], y) : y;
    }

    internal sealed override TensorType[] InferAll(Tensor[] x) => [Infer(x[0], x[1])];

    internal sealed override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => Run(k, x[0], x[1], y[0]);

    internal sealed override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
    {
        if (dy[0] is not { } d) return [];
        var (a, b) = Gradient(x[0], x[1], y[0], d, needs);
        return [a, b];
    }
}

/// <summary>An operation with several outputs.</summary>
public abstract record Multiple : Operation
{
    /// <summary>The types of the outputs; checks the inputs.</summary>
    protected abstract TensorType[] Infer(Tensor[] x);

    /// <summary>Fills all of <paramref name="y"/>.</summary>
    protected abstract void Run(CpuKernels k, Tensor[] x, Tensor[] y);

    /// <summary>dL/dx for each input from dL/dy of each output, of which some may be null (zero).</summary>
    protected virtual Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) =>
        throw new StrataException($"{Name}: it has no gradient.");

    /// <summary>Runs the operation.</summary>
    public Tensor[] Apply(params Tensor[] x) => [.. ApplyAll(x)]; // a copy: tapes hold the original

    internal sealed override TensorType[] InferAll(Tensor[] x) => Infer(x);

    internal sealed override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => Run(k, x, y);

    internal sealed override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => Gradient(x, y, dy, needs);
}
