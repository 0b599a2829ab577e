using Strata.Kernels;
using Strata.Operations;

namespace Strata.Differentiation;

/// <summary>A function of the user's as one operation, with the user's gradient.</summary>
internal sealed record CustomGradient(Func<Tensor[], Tensor[]> Forward, Func<Tensor[], Tensor[], Tensor[], Tensor?[]> Backward) : Operation
{
    /// <summary>Runs the function unrecorded, then records it as a whole.</summary>
    public Tensor[] Apply(Tensor[] x)
    {
        // An output that is an input itself gets an identity of its own.
        var y = Tape.Unrecorded(() => Array.ConvertAll(Forward(x), Gradient.Renamed));
        Tape.Record(this, x, y);
        return y;
    }

    internal override TensorType[] InferAll(Tensor[] x) => throw new NotSupportedException("A custom gradient's function is run, not inferred.");

    internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => throw new NotSupportedException("A custom gradient's function runs by itself.");

    internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
    {
        var filled = new Tensor[dy.Length];
        for (var i = 0; i < dy.Length; i++) filled[i] = dy[i] ?? Tensor.ZerosLike(y[i]);
        var dx = Backward(x, y, filled);
        if (dx.Length != x.Length) Fail($"the backward function gave {dx.Length} gradients for {x.Length} inputs.");
        for (var i = 0; i < dx.Length; i++)
            if (dx[i] is { } d && d.Shape != x[i].Shape) Fail($"the gradient for input {i} is {d.Shape}, but the input is {x[i].Shape}.");
        return dx;
    }
}
