using Strata.Kernels;
using Strata.Kernels.Normalization;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>yⱼ = e^(xⱼ − max x) / Σₖ e^(xₖ − max x) along the last axis.</summary>
    internal sealed record Softmax : Unary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Softmax(SoftmaxResult.Probabilities, x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => y * (dy - (dy * y).Sum(-1, keepDims: true));
    }

    /// <summary>yⱼ = xⱼ − ln Σₖ e^xₖ along the last axis.</summary>
    internal sealed record LogSoftmax : Unary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Softmax(SoftmaxResult.LogProbabilities, x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy - y.Exp() * dy.Sum(-1, keepDims: true);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Probabilities e^xⱼ / Σₖ e^xₖ along <paramref name="axis"/>, stable for logits of any size.</summary>
        /// <exception cref="ShapeException">There is no such axis.</exception>
        public Tensor Softmax(int axis = -1) => AlongLast("Softmax", axis, x => new Softmax().Apply(x));

        /// <summary>The logarithm of <see cref="Softmax"/> along <paramref name="axis"/>, without its underflow.</summary>
        /// <exception cref="ShapeException">There is no such axis.</exception>
        public Tensor LogSoftmax(int axis = -1) => AlongLast("LogSoftmax", axis, x => new LogSoftmax().Apply(x));

        /// <summary>Applies <paramref name="f"/>, which works along the last axis, along another.</summary>
        Tensor AlongLast(string operation, int axis, Func<Tensor, Tensor> f)
        {
            axis = Shape.Axis(axis, operation);
            var x = Cast(DType.ToFloating());
            return axis == Rank - 1 ? f(x) : f(x.MoveAxis(axis, -1)).MoveAxis(-1, axis);
        }
    }
}
