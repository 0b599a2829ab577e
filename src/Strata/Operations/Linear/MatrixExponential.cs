using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>e^x = 1 + x + x²/2! + … of each square matrix.</summary>
    internal sealed record MatrixExponential : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            LogDeterminant.Check(Name, x);
            return x.Type;
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.MatrixExponential(x, y);

        // The derivative of exp at A in the direction E is the upper right block of exp [A E; 0 A] (Mathias 1996, theorem 2.1), and its adjoint the
        // derivative at Aᵀ.
        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy)
        {
            var (a, n) = (x.SwapAxes(-1, -2), x.Shape[^1]);
            var upper = Tensor.Concatenate([a, dy], -1);
            var lower = Tensor.Concatenate([Tensor.ZerosLike(a), a], -1);
            return Tensor.Concatenate([upper, lower], -2).MatrixExponential()[AxisIndex.Rest, ..n, n..];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The exponential 1 + A + A²/2! + A³/3! + … of each square matrix A in the last two axes: the solution of Y' = A·Y, Y(0) = 1 at time 1. By
        /// scaling, a Padé approximation of order 13 and squaring, in double whatever the type (Higham 2005, algorithm 2.3).</summary>
        /// <exception cref="ShapeException">The matrices are not square or not floating-point, or hold a number that is not finite.</exception>
        public Tensor MatrixExponential() => new MatrixExponential().Apply(this);
    }
}
