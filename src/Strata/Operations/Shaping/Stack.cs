using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>Tensors side by side along an axis that they have.</summary>
    internal sealed record Concatenate(int Axis) : Variadic
    {
        protected override TensorType Infer(Tensor[] x)
        {
            var total = 0;
            foreach (var t in x)
            {
                if (t.DType != x[0].DType) Fail($"the types differ: {x[0].DType.Name()} and {t.DType.Name()}.");
                if (t.Rank != x[0].Rank || t.Shape.Without(Axis) != x[0].Shape.Without(Axis)) Fail($"{x[0].Shape} and {t.Shape} differ in more than axis {Axis}.");
                total += t.Shape[Axis];
            }

            return new(x[0].Shape.With(Axis, total), x[0].DType);
        }

        protected override unsafe void Run(CpuKernels k, Tensor[] x, Tensor y)
        {
            var outer = y.Shape[..Axis].Size;
            var row = y.Shape[Axis..].Size * y.DType.Size();
            var at = 0L;
            foreach (var t in x)
            {
                var part = t.Shape[Axis..].Size * t.DType.Size();
                for (var o = 0L; o < outer; o++) Buffer.MemoryCopy(t.Pointer + (o * part), y.Pointer + (o * row) + at, part, part);
                at += part;
            }
        }

        protected override Tensor?[] Gradient(Tensor[] x, Tensor y, Tensor dy, Needs needs)
        {
            var parts = new Tensor?[x.Length];
            var at = 0;
            for (var i = 0; i < x.Length; i++)
            {
                if (needs[i]) parts[i] = new Section(Axis, at, x[i].Shape[Axis]).Apply(dy);
                at += x[i].Shape[Axis];
            }

            return parts;
        }
    }

    /// <summary>Count consecutive slices of one axis, from Start on.</summary>
    internal sealed record Section(int Axis, int Start, int Count) : Unary
    {
        protected override TensorType Infer(Tensor x) => new(x.Shape.With(Axis, Count), x.DType);

        protected override unsafe void Run(CpuKernels k, Tensor x, Tensor y)
        {
            var outer = y.Shape[..Axis].Size;
            var inner = y.Shape[(Axis + 1)..].Size * y.DType.Size();
            for (var o = 0L; o < outer; o++)
                Buffer.MemoryCopy(x.Pointer + (((o * x.Shape[Axis]) + Start) * inner), y.Pointer + (o * Count * inner), Count * inner, Count * inner);
        }

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy)
        {
            var before = Tensor.Zeros(x.Shape.With(Axis, Start), dy.DType);
            var after = Tensor.Zeros(x.Shape.With(Axis, x.Shape[Axis] - Start - Count), dy.DType);
            return new Concatenate(Axis).Apply(before, dy, after);
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Tensors of one shape along a new axis.</summary>
        public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
        {
            if (tensors.Length == 0) throw new ShapeException("Stack: there is nothing to stack.");
            var expanded = new Tensor[tensors.Length];
            for (var i = 0; i < expanded.Length; i++) expanded[i] = tensors[i].ExpandDims(axis);
            return Concatenate(expanded, axis);
        }

        /// <summary>Tensors side by side along <paramref name="axis"/>; the other axes must agree.</summary>
        public static Tensor Concatenate(ReadOnlySpan<Tensor> tensors, int axis = 0)
        {
            if (tensors.Length == 0) throw new ShapeException("Concatenate: there is nothing to concatenate.");
            return new Concatenate(tensors[0].Shape.Axis(axis, "Concatenate")).Apply(tensors.ToArray());
        }
    }
}
