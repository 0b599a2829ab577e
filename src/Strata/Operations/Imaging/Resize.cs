using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>One axis resized to To elements by linear interpolation.</summary>
    internal sealed record Resample(int Axis, int To, bool AlignCorners) : Unary
    {
        public override string Name => "Resize";

        protected override TensorType Infer(Tensor x)
        {
            if (!x.DType.IsFloating()) Fail($"interpolation needs float32 or float64, not {x.DType.Name()}; Cast it, or resize to the nearest pixel.");
            return new(x.Shape.With(Axis, To), x.DType);
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Resample(x, Axis, AlignCorners, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new ResampleAdjoint(Axis, x.Shape[Axis], AlignCorners).Apply(dy);
    }

    /// <summary>The adjoint of <see cref="Resample"/> from From elements: each element is shared out to the two it was interpolated from.</summary>
    internal sealed record ResampleAdjoint(int Axis, int From, bool AlignCorners) : Unary
    {
        public override string Name => "Resize";

        protected override TensorType Infer(Tensor x) => new(x.Shape.With(Axis, From), x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.ResampleAdjoint(x, Axis, AlignCorners, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new Resample(Axis, x.Shape[Axis], AlignCorners).Apply(dy);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Images [.., height, width, channels] resized. Pixel centers lie at half-integers (so that an image and its enlargement
        /// cover the same area), or with <paramref name="alignCorners"/> the centers of the corner pixels stay in place.</summary>
        /// <param name="height">The new height, at least 1.</param>
        /// <param name="width">The new width, at least 1.</param>
        /// <param name="mode">How pixels are taken from the source.</param>
        /// <param name="alignCorners">Whether the corner pixels' centers stay in place.</param>
        /// <exception cref="ShapeException">This is no image, a size is not positive, or interpolation is asked of a type without fractions.</exception>
        public Tensor Resize(int height, int width, ResizeMode mode = ResizeMode.Bilinear, bool alignCorners = false)
        {
            if (Rank < 3) throw new ShapeException($"Resize: {Shape} is not [.., height, width, channels].");
            if (height < 1 || width < 1 || Shape[^3] < 1 || Shape[^2] < 1)
                throw new ShapeException($"Resize: images of {Shape[^3]} × {Shape[^2]} cannot become {height} × {width}; all sizes must be at least 1.");
            return Along(Along(this, Rank - 3, height), Rank - 2, width);

            Tensor Along(Tensor x, int axis, int to)
            {
                var from = x.Shape[axis];
                if (mode == ResizeMode.Bilinear) return from == to && DType.IsFloating() ? x : new Resample(axis, to, alignCorners).Apply(x);
                if (from == to) return x;
                var sources = new int[to];
                for (var j = 0; j < to; j++)
                    sources[j] = alignCorners
                        ? to == 1 ? 0 : (int)((((2L * j * (from - 1)) + to) - 1) / (2L * (to - 1))) // j(from − 1)/(to − 1), halves up
                        : (int)(((2L * j) + 1) * from / (2L * to)); // ⌊(j + ½) from/to⌋
                return x.Gather(From(sources), axis);
            }
        }
    }
}
