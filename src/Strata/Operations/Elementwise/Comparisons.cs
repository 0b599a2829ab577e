using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>A truth value for each pair of elements, with broadcasting, over operands of one type. It has no gradient.</summary>
    internal abstract record Comparison : ElementwiseBinary
    {
        protected override TensorType Infer(Tensor a, Tensor b) => new(Shape.Broadcast(a.Shape, b.Shape, Name), DType.Bool);

        protected override DType Common(DType a, DType b) => DTypes.Promote(a, b);
    }

    /// <summary>y = (a &lt; b).</summary>
    internal sealed record Less : Comparison
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Compare<Operators.Less>(a, b, y);
    }

    /// <summary>y = (a ≤ b).</summary>
    internal sealed record LessEqual : Comparison
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Compare<Operators.LessEqual>(a, b, y);
    }

    /// <summary>y = (a &gt; b).</summary>
    internal sealed record Greater : Comparison
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Compare<Operators.Less>(b, a, y);
    }

    /// <summary>y = (a ≥ b).</summary>
    internal sealed record GreaterEqual : Comparison
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Compare<Operators.LessEqual>(b, a, y);
    }

    /// <summary>y = (a = b).</summary>
    internal sealed record EqualTo : Comparison
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Compare<Operators.Equal>(a, b, y);
    }

    /// <summary>y = (a ≠ b).</summary>
    internal sealed record NotEqualTo : Comparison
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Compare<Operators.NotEqual>(a, b, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Whether an element of a is less than that of b, with broadcasting; false where either is NaN.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => new Less().Promoted(a, b);

        /// <inheritdoc cref="operator &lt;(Tensor, Tensor)"/>
        public static Tensor operator <(Tensor a, double b) => new Less().Promoted(a, b);

        /// <inheritdoc cref="operator &lt;(Tensor, Tensor)"/>
        public static Tensor operator <(double a, Tensor b) => new Less().Promoted(a, b);

        /// <summary>Whether an element of a is at most that of b, with broadcasting; false where either is NaN.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) => new LessEqual().Promoted(a, b);

        /// <inheritdoc cref="operator &lt;=(Tensor, Tensor)"/>
        public static Tensor operator <=(Tensor a, double b) => new LessEqual().Promoted(a, b);

        /// <inheritdoc cref="operator &lt;=(Tensor, Tensor)"/>
        public static Tensor operator <=(double a, Tensor b) => new LessEqual().Promoted(a, b);

        /// <summary>Whether an element of a is greater than that of b, with broadcasting; false where either is NaN.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => new Greater().Promoted(a, b);

        /// <inheritdoc cref="operator &gt;(Tensor, Tensor)"/>
        public static Tensor operator >(Tensor a, double b) => new Greater().Promoted(a, b);

        /// <inheritdoc cref="operator &gt;(Tensor, Tensor)"/>
        public static Tensor operator >(double a, Tensor b) => new Greater().Promoted(a, b);

        /// <summary>Whether an element of a is at least that of b, with broadcasting; false where either is NaN.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) => new GreaterEqual().Promoted(a, b);

        /// <inheritdoc cref="operator &gt;=(Tensor, Tensor)"/>
        public static Tensor operator >=(Tensor a, double b) => new GreaterEqual().Promoted(a, b);

        /// <inheritdoc cref="operator &gt;=(Tensor, Tensor)"/>
        public static Tensor operator >=(double a, Tensor b) => new GreaterEqual().Promoted(a, b);

        /// <summary>Whether an element is equal to that of <paramref name="other"/>, with broadcasting; NaN equals nothing.</summary>
        public Tensor EqualTo(Tensor other) => new EqualTo().Promoted(this, other);

        /// <summary>Whether an element is equal to a number; NaN equals nothing.</summary>
        public Tensor EqualTo(double other) => new EqualTo().Promoted(this, other);

        /// <summary>Whether an element is different from that of <paramref name="other"/>, with broadcasting; NaN equals nothing.</summary>
        public Tensor NotEqualTo(Tensor other) => new NotEqualTo().Promoted(this, other);

        /// <summary>Whether an element is different from a number; NaN equals nothing.</summary>
        public Tensor NotEqualTo(double other) => new NotEqualTo().Promoted(this, other);

        /// <summary>Whether an element is NaN.</summary>
        public Tensor IsNaN() => NotEqualTo(this);

        /// <summary>Whether an element is neither infinite nor NaN.</summary>
        public Tensor IsFinite() => Abs() < double.PositiveInfinity;

        /// <summary>Whether an element is ∞ or −∞.</summary>
        public Tensor IsInfinite() => Abs().EqualTo(double.PositiveInfinity);
    }
}
