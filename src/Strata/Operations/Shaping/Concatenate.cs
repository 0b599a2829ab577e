using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>Tensors side by side along an axis that they have.</summary>
    internal sealed record Concatenate(int Axis) : Variadic
    {
        protected override TensorType Infer(Tensor[] x)
        {
            var total = 0L;
            foreach (var t in x)
            {
                if (t.Rank != x[0].Rank || t.Shape.Without(Axis) != x[0].Shape.Without(Axis)) Fail($"{x[0].Shape} and {t.Shape} differ in more than axis {Axis}.");
                total += t.Shape[Axis];
            }

            if (total > int.MaxValue) Fail($"axis {Axis} would have {total} elements; an axis has at most {int.MaxValue}.");
            return new(x[0].Shape.With(Axis, (int)total), x[0].DType);
        }

        protected override void Run(CpuKernels k, Tensor[] x, Tensor y)
        {
            var at = 0;
            foreach (var t in x)
            {
                k.CopyAlong(Axis, t, 0, y, at, t.Shape[Axis]);
                at += t.Shape[Axis];
            }
        }

        protected override Tensor?[] Gradient(Tensor[] x, Tensor y, Tensor dy, Needs needs)
        {
            var parts = new Tensor?[x.Length];
            var at = 0;
            for (var i = 0; i < x.Length; i++)
            {
                var size = x[i].Shape[Axis];
                if (needs[i]) parts[i] = new Slice(Extent.Along(y.Shape, Axis, new Extent(at, size))).Apply(dy);
                at += size;
            }

            return parts;
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Tensors side by side along <paramref name="axis"/>; the other axes must agree. Types promote
        /// (<see cref="DTypes.Promote"/>).</summary>
        /// <exception cref="ShapeException">There are no tensors, or they differ in another axis.</exception>
        public static Tensor Concatenate(ReadOnlySpan<Tensor> tensors, int axis = 0)
        {
            if (tensors.Length == 0) throw new ShapeException("Concatenate: there is nothing to concatenate.");
            var at = tensors[0].Shape.Axis(axis, "Concatenate");
            return new Concatenate(at).Apply(Promoted(tensors));
        }

        /// <summary>Tensors of one shape along a new axis. Types promote (<see cref="DTypes.Promote"/>).</summary>
        /// <exception cref="ShapeException">There are no tensors, or their shapes differ.</exception>
        public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
        {
            if (tensors.Length == 0) throw new ShapeException("Stack: there is nothing to stack.");
            var shape = tensors[0].Shape;
            if (axis < -shape.Rank - 1 || axis > shape.Rank)
                throw new ShapeException($"Stack: axis {axis} does not exist for tensors of {shape}; axes are {-shape.Rank - 1} … {shape.Rank}.");
            var at = axis < 0 ? axis + shape.Rank + 1 : axis;
            var expanded = new Tensor[tensors.Length];
            for (var i = 0; i < expanded.Length; i++)
                expanded[i] = tensors[i].Shape == shape
                    ? tensors[i].ExpandDims(at)
                    : throw new ShapeException($"Stack: the shapes differ: {shape} and, at position {i}, {tensors[i].Shape}.");
            return new Concatenate(at).Apply(Promoted(expanded));
        }

        static Tensor[] Promoted(ReadOnlySpan<Tensor> tensors)
        {
            var type = tensors[0].DType;
            foreach (var tensor in tensors) type = DTypes.Promote(type, tensor.DType);
            var promoted = new Tensor[tensors.Length];
            for (var i = 0; i < promoted.Length; i++) promoted[i] = tensors[i].Cast(type);
            return promoted;
        }
    }
}
