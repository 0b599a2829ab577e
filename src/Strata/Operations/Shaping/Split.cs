using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>Consecutive parts of one axis. One operation for all parts, so that the gradient of many is one concatenation.</summary>
    internal sealed record Split(int Axis, ValueList<int> Sizes) : Multiple
    {
        protected override TensorType[] Infer(Tensor[] x)
        {
            var types = new TensorType[Sizes.Count];
            for (var i = 0; i < types.Length; i++) types[i] = new(x[0].Shape.With(Axis, Sizes[i]), x[0].DType);
            return types;
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
        {
            var at = 0;
            foreach (var part in y)
            {
                k.CopyAlong(Axis, x[0], at, part, 0, part.Shape[Axis]);
                at += part.Shape[Axis];
            }
        }

        protected override Tensor?[] Gradient(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs)
        {
            var parts = new Tensor[dy.Length];
            for (var i = 0; i < parts.Length; i++) parts[i] = dy[i] ?? Tensor.ZerosLike(y[i]);
            return [new Concatenate(Axis).Apply(parts)];
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>This tensor cut along <paramref name="axis"/> into equal parts.</summary>
        /// <exception cref="ShapeException">The axis does not divide into that many parts.</exception>
        public Tensor[] Split(int parts, int axis = 0)
        {
            var at = Shape.Axis(axis, "Split");
            if (parts <= 0 || Shape[at] % parts != 0) throw new ShapeException($"Split: axis {at} of {Shape} does not divide into {parts} equal parts.");
            var sizes = new int[parts];
            Array.Fill(sizes, Shape[at] / parts);
            return new Split(at, new ValueList<int>(sizes)).Apply(this);
        }

        /// <summary>This tensor cut along <paramref name="axis"/> into parts of the given sizes.</summary>
        /// <exception cref="ShapeException">The sizes do not add up to the axis.</exception>
        public Tensor[] Split(ReadOnlySpan<int> sizes, int axis)
        {
            var at = Shape.Axis(axis, "Split");
            var total = 0L;
            var negative = false;
            foreach (var size in sizes)
            {
                total += size;
                negative |= size < 0;
            }

            if (negative || total != Shape[at] || sizes.Length == 0)
                throw new ShapeException($"Split: the sizes [{string.Join(", ", sizes.ToArray())}] do not add up to axis {at} of {Shape}, which has {Shape[at]}.");
            return new Split(at, ValueList.Create(sizes)).Apply(this);
        }

        /// <summary>The entries along <paramref name="axis"/>, each without that axis.</summary>
        public Tensor[] Unstack(int axis = 0)
        {
            var at = Shape.Axis(axis, "Unstack");
            if (Shape[at] == 0) return [];
            var without = Shape.Without(at);
            return Array.ConvertAll(Split(Shape[at], at), part => part.Reshape(without));
        }
    }
}
