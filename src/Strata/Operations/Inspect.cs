using System.Diagnostics;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>Shows x to somebody each time that it is computed; there is no output.</summary>
    internal sealed record Inspect(Action<Tensor> Look) : Multiple
    {
        internal override bool HasEffect => true;

        protected override TensorType[] Infer(Tensor[] x) => [];

        protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y) => Look(x[0]);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Hands the tensor to <paramref name="look"/> with its elements: now, or in a compiled function each time that it is computed.
        /// The tensor is valid during the call; <c>look</c> must copy what it keeps.</summary>
        /// <returns>This tensor.</returns>
        public Tensor Inspect(Action<Tensor> look)
        {
            new Inspect(look).Apply(this);
            return this;
        }

        /// <summary>Writes the tensor to standard error after <paramref name="label"/>, also in compiled functions.</summary>
        /// <returns>This tensor.</returns>
        public Tensor Print(string label) => Inspect(x => Console.Error.WriteLine($"{label}: {x}"));

        /// <summary>Stops in the debugger, if one is attached, when <paramref name="condition"/> holds of the elements, also in compiled functions.</summary>
        /// <returns>This tensor.</returns>
        public Tensor Break(Func<Tensor, bool> condition) => Inspect(x =>
        {
            if (condition(x)) Debugger.Break();
        });
    }
}
