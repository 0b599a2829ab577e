using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>An operation on the bits of two truth values or integers of one type, with broadcasting. It has no gradient.</summary>
    internal abstract record Bitwise : ElementwiseBinary
    {
        protected override TensorType Infer(Tensor a, Tensor b) => a.DType.IsFloating()
            ? throw new ShapeException($"{Name}: the operands are {a.DType.Name()}; they must be truth values or integers.")
            : base.Infer(a, b);

        protected override DType Common(DType a, DType b) => DTypes.Promote(a, b);
    }

    /// <summary>y = a and b.</summary>
    internal sealed record And : Bitwise
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.And>(a, b, y);
    }

    /// <summary>y = a or b.</summary>
    internal sealed record Or : Bitwise
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Or>(a, b, y);
    }

    /// <summary>y = a or b, but not both.</summary>
    internal sealed record Xor : Bitwise
    {
        protected override void Run(CpuKernels k, Tensor a, Tensor b, Tensor y) => k.Binary<Operators.Xor>(a, b, y);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Whether both hold, with broadcasting; of integers, the bits that both have.</summary>
        public static Tensor operator &(Tensor a, Tensor b) => new And().Promoted(a, b);

        /// <summary>Whether either holds, with broadcasting; of integers, the bits that either has.</summary>
        public static Tensor operator |(Tensor a, Tensor b) => new Or().Promoted(a, b);

        /// <summary>Whether exactly one holds, with broadcasting; of integers, the bits that exactly one has.</summary>
        public static Tensor operator ^(Tensor a, Tensor b) => new Xor().Promoted(a, b);

        /// <summary>Whether an element is false, or 0.</summary>
        public static Tensor operator !(Tensor x) => x.EqualTo(Scalar(0, x.DType));
    }
}
