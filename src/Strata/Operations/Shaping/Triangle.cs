using System.Runtime.InteropServices;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The matrices in the last two axes with the elements beyond a diagonal set to 0.</summary>
    internal sealed record Triangle(bool Lower, int Offset) : Unary
    {
        public override string Name => Lower ? "LowerTriangle" : "UpperTriangle";

        protected override TensorType Infer(Tensor x)
        {
            if (x.Rank < 2) Fail($"{x.Shape} is not a matrix.");
            return x.Type;
        }

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Triangle(x, Lower, Offset, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => Apply(dy);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The matrices in the last two axes with zeros above a diagonal: 0 is the main one, positive ones lie right of it.</summary>
        public Tensor LowerTriangle(int offset = 0) => new Triangle(true, offset).Apply(this);

        /// <summary>The matrices in the last two axes with zeros below a diagonal: 0 is the main one, positive ones lie right of it.</summary>
        public Tensor UpperTriangle(int offset = 0) => new Triangle(false, offset).Apply(this);
    }
}

namespace Strata.Kernels
{
    public partial class CpuKernels
    {
        internal unsafe void Triangle(Tensor x, bool lower, int offset, Tensor y)
        {
            var (rows, columns, size) = (x.Shape[^2], x.Shape[^1], x.DType.Size());
            var total = columns == 0 ? 0 : x.Size / columns;
            for (var row = 0L; row < total; row++)
            {
                // Row i keeps the columns up to i + offset (lower) or from there on (upper).
                var edge = (row % rows) + offset;
                var (from, to) = lower ? (0L, Math.Clamp(edge + 1, 0, columns)) : (Math.Clamp(edge, 0, columns), columns);
                var (p, q) = ((nint)x.Pointer + (nint)(row * columns * size), (nint)y.Pointer + (nint)(row * columns * size));
                NativeMemory.Clear((byte*)q, (nuint)(from * size));
                NativeMemory.Copy((byte*)p + (from * size), (byte*)q + (from * size), (nuint)((to - from) * size));
                NativeMemory.Clear((byte*)q + (to * size), (nuint)((columns - to) * size));
            }
        }
    }
}
