using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The part of x that one extent an axis names.</summary>
    internal sealed record Slice(ValueList<Extent> Extents) : Unary
    {
        protected override TensorType Infer(Tensor x) => new(Extent.ShapeOf(Extents), x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.CopySlice(x, Extents.Span, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new PlaceSlice(x.Shape, Extents, 0).Apply(dy);
    }

    /// <summary>x at the extents of a tensor that is Background everywhere else: the adjoint of <see cref="Slice"/>, and padding.</summary>
    internal sealed record PlaceSlice(Shape Shape, ValueList<Extent> Extents, double Background) : Unary
    {
        protected override TensorType Infer(Tensor x) => new(Shape, x.DType);

        protected override void Run(CpuKernels k, Tensor x, Tensor y)
        {
            if (Background == 0) CpuKernels.Clear(y);
            else k.Fill(y, Background);
            k.CopyToSlice(x, Extents.Span, y);
        }

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => new Slice(Extents).Apply(dy);
    }

    /// <summary>x with the part that the extents name replaced by value.</summary>
    internal sealed record WithSlice(ValueList<Extent> Extents) : Binary
    {
        protected override TensorType Infer(Tensor x, Tensor value) => x.Type;

        internal override bool Overwrites(int input, int output) => input == 0 && Extent.AreForward(Extents);

        protected override void Run(CpuKernels k, Tensor x, Tensor value, Tensor y)
        {
            CpuKernels.CopyUnlessSame(x, y);
            k.CopyToSlice(value, Extents.Span, y);
        }

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor value, Tensor y, Tensor dy, Needs needs) => (
            needs[0] ? Apply(dy, Tensor.ZerosLike(value)) : null,
            needs[1] ? new Slice(Extents).Apply(dy) : null);
    }

    /// <summary>x with value added to the part that the extents name.</summary>
    internal sealed record WithSliceAdded(ValueList<Extent> Extents) : Binary
    {
        protected override TensorType Infer(Tensor x, Tensor value)
        {
            if (x.DType == DType.Bool) Fail("truth values cannot be added.");
            return x.Type;
        }

        internal override bool Overwrites(int input, int output) => input == 0 && Extent.AreForward(Extents);

        protected override void Run(CpuKernels k, Tensor x, Tensor value, Tensor y)
        {
            CpuKernels.CopyUnlessSame(x, y);
            k.AddToSlice(value, Extents.Span, y);
        }

        protected override (Tensor? A, Tensor? B) Gradient(Tensor x, Tensor value, Tensor y, Tensor dy, Needs needs) =>
            (dy, needs[1] ? new Slice(Extents).Apply(dy) : null);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Along each axis, sizes[i] elements from starts[i] on, strides[i] apart (negative: backward; none given: 1). Shorter
        /// spans leave the later axes whole.</summary>
        /// <exception cref="ShapeException">The slice reaches outside this tensor.</exception>
        public Tensor Slice(ReadOnlySpan<int> starts, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides = default) =>
            new Slice(Extents("Slice", starts, sizes, strides)).Apply(this);

        ValueList<Extent> Extents(string operation, ReadOnlySpan<int> starts, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides)
        {
            if (starts.Length != sizes.Length || starts.Length > Rank || strides.Length > starts.Length)
                throw new ShapeException($"{operation}: {starts.Length} starts, {sizes.Length} sizes and {strides.Length} strides were given for the {Rank} axes of {Shape}; starts and sizes come in pairs, one for each axis at most.");
            var extents = new Extent[Rank];
            for (var i = 0; i < Rank; i++)
            {
                if (i >= starts.Length)
                {
                    extents[i] = Extent.All(Shape[i]);
                    continue;
                }

                var (start, size, stride) = (starts[i], sizes[i], i < strides.Length ? strides[i] : 1);
                if (stride == 0) throw new ShapeException($"{operation}: the stride of axis {i} is 0; strides are positive or negative.");
                var end = start + ((long)(size - 1) * stride);
                if (size < 0 || start < 0 || (size == 0 ? start > Shape[i] : start >= Shape[i] || end < 0 || end >= Shape[i]))
                    throw new ShapeException($"{operation}: {size} elements from {start} on with stride {stride} reach outside axis {i} of {Shape}, which has {Shape[i]}.");
                extents[i] = new Extent(start, size, stride);
            }

            return new ValueList<Extent>(extents);
        }
    }
}
