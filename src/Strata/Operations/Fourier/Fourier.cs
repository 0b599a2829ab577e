using Strata.Kernels;
using Strata.Kernels.Fourier;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y(k) = Scale·Σⱼ x(j)·e^(∓2πi·jk/n) along the last axis but one, complex numbers as pairs in the last.</summary>
    internal sealed record Fourier(bool Inverse, double Scale) : Unary
    {
        public override string Name => Inverse ? "InverseFft" : "Fft";

        protected override TensorType Infer(Tensor x)
        {
            FourierLength.Check(Name, x.Shape[^2]);
            return x.Type;
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Fourier(x, Inverse, Scale, y);

        // The matrix is symmetric, so its adjoint is its conjugate.
        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new Fourier(!Inverse, Scale).Apply(dy);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The discrete Fourier transform y(k) = Σⱼ x(j)·e^(−2πi·jk/n) of complex numbers, which stand as pairs (real, imaginary part) in the last
        /// axis, by fast transforms for any length n.</summary>
        /// <param name="axis">The axis to transform; by default the last before the pairs.</param>
        /// <exception cref="ShapeException">The last axis does not hold pairs, the axis is empty, or the numbers are not floating-point.</exception>
        /// <exception cref="TensorMemoryException">The axis is too long: more than 2²⁷ numbers, if their number has a prime factor above 13; more than a
        /// billion in any case.</exception>
        public Tensor Fft(int axis = -2) => Transformed("Fft", axis, inverse: false);

        /// <summary>The inverse of <see cref="Fft"/>: x(j) = 1/n·Σₖ y(k)·e^(2πi·jk/n).</summary>
        /// <inheritdoc cref="Fft"/>
        public Tensor InverseFft(int axis = -2) => Transformed("InverseFft", axis, inverse: true);

        Tensor Transformed(string operation, int axis, bool inverse)
        {
            var at = SpectrumAxis(operation, axis);
            if (Shape[at] == 0) throw new ShapeException($"{operation}: axis {at} of {Shape} is empty; a transform needs at least one number.");
            var transform = new Fourier(inverse, inverse ? 1.0 / Shape[at] : 1);
            return transform.Apply(SwapAxes(at, -2)).SwapAxes(at, -2);
        }

        /// <summary>Checks that this holds complex numbers and normalizes the axis of a transform.</summary>
        int SpectrumAxis(string operation, int axis)
        {
            if (Rank < 2 || Shape[^1] != 2)
                throw new ShapeException($"{operation}: complex numbers are pairs (real, imaginary part) in the last axis, as in [.., n, 2], but the input is {Shape}.");
            if (!DType.IsFloating()) throw new ShapeException($"{operation}: the numbers are {DType.Name()}; they must be float32 or float64.");
            var at = Shape.Axis(axis, operation);
            return at < Rank - 1 ? at : throw new ShapeException($"{operation}: axis {at} of {Shape} holds the parts of the complex numbers; name one before it.");
        }
    }
}
