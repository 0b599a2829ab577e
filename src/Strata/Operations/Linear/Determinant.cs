using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>det x of each square matrix.</summary>
    internal sealed record Determinant : Unary
    {
        protected override TensorType Infer(Tensor x)
        {
            LogDeterminant.Check(Name, x);
            return new(x.Shape[..^2], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Determinant(x, y, null);

        // Jacobi's formula, d det A = det A · tr(A⁻¹ dA).
        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => LogDeterminant.Spread(dy * y, x);
    }

    /// <summary>sign(det x) and log |det x| of each square matrix.</summary>
    internal sealed record LogDeterminant : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            Check(Name, x[0]);
            var type = new TensorType(x[0].Shape[..^2], x[0].DType);
            return [type, type];
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => k.Determinant(x[0], y[0], y[1]);

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => [dy[1] is { } d ? Spread(d, x[0]) : null];

        /// <summary>d·A⁻ᵀ, a number times a matrix.</summary>
        public static Tensor Spread(Tensor d, Tensor x) => d.Reshape([.. d.Shape.Span, 1, 1]) * x.Inverse().SwapAxes(-1, -2);

        public static void Check(string operation, Tensor x)
        {
            if (x.Rank < 2 || x.Shape[^1] != x.Shape[^2]) throw new ShapeException($"{operation}: {x.Shape} is not a square matrix.");
            if (!x.DType.IsFloating()) throw new ShapeException($"{operation}: the matrix is {x.DType.Name()}; it must be float32 or float64.");
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The determinant of each square matrix in the last two axes. Its gradient needs the inverse, so it is for matrices that have
        /// one.</summary>
        /// <exception cref="ShapeException">The matrices are not square or not floating-point.</exception>
        public Tensor Determinant() => new Determinant().Apply(this);

        /// <summary>The sign (−1, 0 or 1) of the determinant of each square matrix in the last two axes and the logarithm of its size (−∞ for a
        /// singular matrix), which does not overflow as the determinant does.</summary>
        /// <exception cref="ShapeException">The matrices are not square or not floating-point.</exception>
        public (Tensor Sign, Tensor LogAbsolute) LogDeterminant()
        {
            var y = new LogDeterminant().Apply(this);
            return (y[0], y[1]);
        }
    }
}
