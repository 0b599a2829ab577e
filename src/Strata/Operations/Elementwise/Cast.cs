using System.Numerics;
using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>The same values in another type.</summary>
    internal sealed record Cast(DType To) : Unary
    {
        protected override TensorType Infer(Tensor x) => new(x.Shape, To);

        protected override void Run(CpuKernels k, Tensor x, Tensor y) => k.Cast(x, y);

        protected override Tensor? Gradient(Tensor x, Tensor y, Tensor dy) => dy.Cast(x.DType);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>The same values as <paramref name="type"/>. Floats are cut toward zero when they become integers and saturate at the
        /// ends of the range (NaN becomes 0); anything but 0 becomes true.</summary>
        public Tensor Cast(DType type) => DType == type ? this : new Cast(type).Apply(this);
    }
}

namespace Strata.Kernels
{
    public partial class CpuKernels
    {
        internal void Cast(Tensor x, Tensor y)
        {
            switch (x.DType)
            {
                case DType.Float32: CastFrom<float>(x, y); break;
                case DType.Float64: CastFrom<double>(x, y); break;
                case DType.Int32: CastFrom<int>(x, y); break;
                case DType.Int64: CastFrom<long>(x, y); break;
                default: CastFrom<byte>(x, y); break;
            }
        }

        unsafe void CastFrom<T>(Tensor x, Tensor y)
            where T : unmanaged, INumber<T>
        {
            var from = new ReadOnlySpan<T>(x.Pointer, checked((int)x.Size));
            switch (y.DType)
            {
                case DType.Float32: CastTo(from, Write<float>(y)); break;
                case DType.Float64: CastTo(from, Write<double>(y)); break;
                case DType.Int32: CastTo(from, Write<int>(y)); break;
                case DType.Int64: CastTo(from, Write<long>(y)); break;
                case DType.UInt8: CastTo(from, Write<byte>(y)); break;
                default:
                    var truth = Write<bool>(y);
                    for (var i = 0; i < truth.Length; i++) truth[i] = from[i] != T.Zero;
                    break;
            }
        }

        static void CastTo<T, U>(ReadOnlySpan<T> from, Span<U> to)
            where T : INumber<T>
            where U : INumber<U>
        {
            for (var i = 0; i < to.Length; i++) to[i] = U.CreateSaturating(from[i]);
        }
    }
}
