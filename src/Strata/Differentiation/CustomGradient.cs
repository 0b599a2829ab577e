using Strata.Compilation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Differentiation;

/// <summary>A function of the user's as one operation, with the user's gradient.</summary>
internal sealed record CustomGradient(Func<Tensor[], Tensor[]> Forward, Func<Tensor[], Tensor[], Tensor[], Tensor?[]> Backward) : Operation
{
    /// <summary>Runs the function unrecorded, then records it as a whole.</summary>
    public Tensor[] Apply(Tensor[] x)
    {
        if (Tracer.Current is not null)
        {
            var values = Tape.Unrecorded(() => Forward(x));
            return new CustomGradientMark(Backward, values.Length).ApplyTo([.. values, .. x]);
        }

        // An output that is an input itself gets an identity of its own.
        var y = Tape.Unrecorded(() => Array.ConvertAll(Forward(x), Gradient.Renamed));
        Tape.Record(this, x, y);
        return y;
    }

    internal override TensorType[] InferAll(Tensor[] x) => throw new NotSupportedException("A custom gradient's function is run, not inferred.");

    internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => throw new NotSupportedException("A custom gradient's function runs by itself.");

    internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => Checked(Backward, x, y, dy);

    /// <summary>What the user's function gives, once it is seen to fit.</summary>
    public static Tensor?[] Checked(Func<Tensor[], Tensor[], Tensor[], Tensor?[]> backward, Tensor[] x, Tensor[] y, Tensor?[] dy)
    {
        var filled = new Tensor[dy.Length];
        for (var i = 0; i < dy.Length; i++) filled[i] = dy[i] ?? Tensor.ZerosLike(y[i]);
        var dx = backward(x, y, filled);
        if (dx.Length != x.Length) throw new ShapeException($"CustomGradient: the backward function gave {dx.Length} gradients for {x.Length} inputs.");
        for (var i = 0; i < dx.Length; i++)
            if (dx[i] is { } d && d.Shape != x[i].Shape)
                throw new ShapeException($"CustomGradient: the gradient for input {i} is {d.Shape}, but the input is {x[i].Shape}.");
        return dx;
    }
}
