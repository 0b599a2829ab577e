using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = a where the condition holds, else b, with broadcasting of all three.</summary>
    internal sealed record Where : Variadic
    {
        internal override bool IsElementwise => true;

        protected override TensorType Infer(Tensor[] x) =>
            new(Shape.Broadcast(x[0].Shape, Shape.Broadcast(x[1].Shape, x[2].Shape, Name), Name), x[1].DType);

        protected override void Run(CpuKernels k, Tensor[] x, Tensor y)
        {
            var (condition, a, b) = (Full(k, x[0], y.Shape), OneOrFull(k, x[1], y.Shape), OneOrFull(k, x[2], y.Shape));
            k.Where(condition, a, b, y);
            GC.KeepAlive((condition, a, b));
        }

        protected override Tensor?[] Gradient(Tensor[] x, Tensor y, Tensor dy, Needs needs)
        {
            var zero = Tensor.Scalar(0, dy.DType);
            return
            [
                null,
                needs[1] ? new Where().Apply(x[0], dy, zero).SumTo(x[1].Shape) : null,
                needs[2] ? new Where().Apply(x[0], zero, dy).SumTo(x[2].Shape) : null,
            ];
        }

        static Tensor OneOrFull(CpuKernels k, Tensor x, Shape shape) => x.Size == 1 ? x : Full(k, x, shape);

        static Tensor Full(CpuKernels k, Tensor x, Shape shape)
        {
            if (x.Size == shape.Size) return x; // equal but for axes of size 1
            var full = Tensor.Allocate(shape, x.DType);
            k.Broadcast(x, full);
            return full;
        }
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Elements of <paramref name="a"/> where <paramref name="condition"/> holds and of <paramref name="b"/> elsewhere, all three
        /// broadcast. Both are computed: a NaN of the other branch does not show, but its gradient may.</summary>
        /// <param name="condition">Truth values; of other types, anything but 0 holds.</param>
        /// <param name="a">What is taken where the condition holds.</param>
        /// <param name="b">What is taken elsewhere.</param>
        public static Tensor Where(Tensor condition, Tensor a, Tensor b)
        {
            var type = DTypes.Promote(a.DType, b.DType);
            return new Where().Apply(condition.Cast(DType.Bool), a.Cast(type), b.Cast(type));
        }

        /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
        public static Tensor Where(Tensor condition, Tensor a, double b) => Where(condition, a, Scalar(b, DTypes.PromoteScalar(a.DType, b)));

        /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
        public static Tensor Where(Tensor condition, double a, Tensor b) => Where(condition, Scalar(a, DTypes.PromoteScalar(b.DType, a)), b);
    }
}
