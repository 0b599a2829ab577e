using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The greatest integer that is not above x. Its gradient is 0.</summary>
    internal sealed record Floor : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Floor>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => null;
    }

    /// <summary>The least integer that is not below x. Its gradient is 0.</summary>
    internal sealed record Ceiling : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Ceiling>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => null;
    }

    /// <summary>The nearest integer, and the even one of two. Its gradient is 0.</summary>
    internal sealed record Round : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Round>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => null;
    }

    /// <summary>The integer part. Its gradient is 0.</summary>
    internal sealed record Truncate : ElementwiseUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Truncate>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => null;
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The greatest integer that is not above x, element by element. Its gradient is 0.</summary>
        public Tensor Floor() => DType.IsFloating() ? new Floor().Apply(this) : this;

        /// <summary>The least integer that is not below x, element by element. Its gradient is 0.</summary>
        public Tensor Ceiling() => DType.IsFloating() ? new Ceiling().Apply(this) : this;

        /// <summary>The nearest integer, and the even one of two, element by element. Its gradient is 0.</summary>
        public Tensor Round() => DType.IsFloating() ? new Round().Apply(this) : this;

        /// <summary>The integer part, element by element. Its gradient is 0.</summary>
        public Tensor Truncate() => DType.IsFloating() ? new Truncate().Apply(this) : this;
    }
}
