using Strata.Compilation;
using Strata.Differentiation;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Differentiation
{
    /// <summary>y = x, with dy/dx taken as 0.</summary>
    internal sealed record StopGradient : Operation
    {
        internal override bool IsView => true;

        /// <summary>Runs the operation; nothing is copied.</summary>
        public Tensor Apply(Tensor x)
        {
            if (Tracer.Current is { } tracer) return tracer.Apply(this, [x])[0];
            var y = x.View(x.Shape);
            Tape.Record(this, [x], [y]);
            return y;
        }

        internal override Tensor[] ApplyTo(Tensor[] x) => [Apply(x[0])];

        internal override TensorType[] InferAll(Tensor[] x) => [x[0].Type];

        internal override void RunAll(CpuKernels k, Tensor[] x, Tensor[] y) => CpuKernels.CopyBytes(x[0], y[0]);

        internal override Tensor?[] GradientAll(Tensor[] x, Tensor[] y, Tensor?[] dy, Needs needs) => [];
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The same numbers as a constant: gradients do not pass through. Shares the memory.</summary>
        public Tensor StopGradient() => new StopGradient().Apply(this);
    }
}
