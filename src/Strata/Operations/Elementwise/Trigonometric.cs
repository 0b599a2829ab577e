using Strata.Kernels;
using Strata.Kernels.Elementwise;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>y = sin x.</summary>
    internal sealed record Sin : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Sin>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * x.Cos();
    }

    /// <summary>y = cos x.</summary>
    internal sealed record Cos : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Cos>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => -dy * x.Sin();
    }

    /// <summary>y = tan x.</summary>
    internal sealed record Tan : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Tan>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * (y.Square() + 1);
    }

    /// <summary>y = arcsin x.</summary>
    internal sealed record Asin : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Asin>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy * (1 - x.Square()).Rsqrt();
    }

    /// <summary>y = arccos x.</summary>
    internal sealed record Acos : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Acos>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => -dy * (1 - x.Square()).Rsqrt();
    }

    /// <summary>y = arctan x.</summary>
    internal sealed record Atan : FloatingUnary
    {
        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.FloatingUnary<Operators.Atan>(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy / (x.Square() + 1);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The sine, element by element; x in radians.</summary>
        public Tensor Sin() => new Sin().Promoted(this);

        /// <summary>The cosine, element by element; x in radians.</summary>
        public Tensor Cos() => new Cos().Promoted(this);

        /// <summary>The tangent, element by element; x in radians.</summary>
        public Tensor Tan() => new Tan().Promoted(this);

        /// <summary>The inverse sine in radians, element by element; NaN outside −1 … 1.</summary>
        public Tensor Asin() => new Asin().Promoted(this);

        /// <summary>The inverse cosine in radians, element by element; NaN outside −1 … 1.</summary>
        public Tensor Acos() => new Acos().Promoted(this);

        /// <summary>The inverse tangent in radians, element by element.</summary>
        public Tensor Atan() => new Atan().Promoted(this);
    }
}
