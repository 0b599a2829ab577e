using Strata.Kernels;
using Strata.Kernels.Fourier;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y(k) = Σⱼ x(j)·e^(−2πi·jk/n) for k = 0 … n/2 along the last axis of real numbers, complex numbers as pairs in a new last axis.</summary>
    internal sealed record RealFourier : Unary
    {
        public override string Name => "RealFft";

        protected override TensorType Infer(Tensor x)
        {
            FourierLength.CheckReal(Name, x.Shape[^1]);
            return new([.. x.Shape.Span[..^1], (x.Shape[^1] / 2) + 1, 2], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.RealFourier(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new RealFourierAdjoint(x.Shape[^1], 1).Apply(dy);
    }

    /// <summary>y(j) = Scale·Re Σₖ x(k)·e^(2πi·jk/n) over k = 0 … n/2 alone, n being the Length.</summary>
    internal sealed record RealFourierAdjoint(int Length, double Scale) : Unary
    {
        public override string Name => "InverseRealFft";

        protected override TensorType Infer(Tensor x)
        {
            FourierLength.CheckReal(Name, Length);
            return new([.. x.Shape.Span[..^2], Length], x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.RealFourierAdjoint(x, Scale, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new RealFourier().Apply(Scale == 1 ? dy : dy * Scale);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The first half of the discrete Fourier transform of n real numbers, k = 0 … ⌊n/2⌋; the rest is its mirror image,
        /// y(n − k) = ȳ(k). The axis gets the size ⌊n/2⌋ + 1, and a new last axis of 2 holds real and imaginary parts.</summary>
        /// <param name="axis">The axis to transform.</param>
        /// <exception cref="ShapeException">The axis is empty, or the numbers are not floating-point.</exception>
        public Tensor RealFft(int axis = -1)
        {
            if (!DType.IsFloating()) throw new ShapeException($"RealFft: the numbers are {DType.Name()}; they must be float32 or float64.");
            var at = Shape.Axis(axis, "RealFft");
            if (Shape[at] == 0) throw new ShapeException($"RealFft: axis {at} of {Shape} is empty; a transform needs at least one number.");
            return new RealFourier().Apply(SwapAxes(at, -1)).SwapAxes(at, -2);
        }

        /// <summary>The inverse of <see cref="RealFft"/>: the <paramref name="length"/> real numbers whose transform begins with these
        /// ⌊length/2⌋ + 1 complex ones. The imaginary parts at 0 and, for an even length, at length/2 are not read: they would be 0.</summary>
        /// <param name="length">How many real numbers; by default the even number, twice the complex ones less two.</param>
        /// <param name="axis">The axis to transform; by default the last before the pairs.</param>
        /// <exception cref="ShapeException">The last axis does not hold pairs, the size of the axis is not ⌊length/2⌋ + 1, or the numbers are not
        /// floating-point.</exception>
        public Tensor InverseRealFft(int? length = null, int axis = -2)
        {
            const string name = "InverseRealFft";
            var at = SpectrumAxis(name, axis);
            var count = Shape[at];
            var n = length ?? Math.Max(1, 2 * (count - 1));
            if (n < 1 || count != (n / 2) + 1)
                throw new ShapeException($"{name}: axis {at} of {Shape} has {count} complex numbers, but the spectrum of {n} real numbers has {(n / 2) + 1}; slice or pad it, or give another length.");

            // All but the ends stand for their mirror images, too.
            var twice = Full([count, 1], 2, DType).WithSlice(Ones([1, 1], DType), ..1);
            if (n % 2 == 0) twice = twice.WithSlice(Ones([1, 1], DType), ^1..);
            return new RealFourierAdjoint(n, 1.0 / n).Apply(SwapAxes(at, -2) * twice).SwapAxes(at, -1);
        }
    }
}
