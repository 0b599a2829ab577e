using Strata.Kernels;
using Strata.Operations;

namespace Strata.Operations
{
    /// <summary>Every element is Value.</summary>
    internal sealed record Fill(Shape Shape, DType DType, double Value) : Variadic
    {
        protected override TensorType Infer(Tensor[] x) => new(Shape, DType);

        protected override void Run(CpuKernels k, Tensor[] x, Tensor y) => k.Fill(y, Value);
    }
}

namespace Strata
{
    public sealed partial class Tensor
    {
        /// <summary>Every element is <paramref name="value"/>, of type <see cref="Configuration.FloatType"/> unless another is given.</summary>
        public static Tensor Full(Shape shape, double value, DType? dtype = null) => new Fill(shape, dtype ?? Configuration.FloatType, value).Apply();

        /// <summary>Every element is 0.</summary>
        public static Tensor Zeros(Shape shape, DType? dtype = null) => Full(shape, 0, dtype);

        /// <summary>Every element is 1.</summary>
        public static Tensor Ones(Shape shape, DType? dtype = null) => Full(shape, 1, dtype);

        /// <summary>Zeros with the shape and type of <paramref name="x"/>.</summary>
        public static Tensor ZerosLike(Tensor x) => Zeros(x.Shape, x.DType);

        /// <summary>Ones with the shape and type of <paramref name="x"/>.</summary>
        public static Tensor OnesLike(Tensor x) => Ones(x.Shape, x.DType);

        /// <summary>Zeros but for a 1 at one position in row-major order.</summary>
        internal static Tensor Basis(Shape shape, DType dtype, long position)
        {
            var basis = Zeros(shape, dtype);
            if (dtype == DType.Float64) basis.Writable<double>()[(int)position] = 1;
            else basis.Writable<float>()[(int)position] = 1;
            return basis;
        }
    }
}
