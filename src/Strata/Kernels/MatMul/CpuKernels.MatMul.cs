using System.Numerics;

namespace Strata.Kernels;

public partial class CpuKernels
{
    /// <summary>y = op(a)·op(b) for each matrix of the batch, and the epilogue; an operand with one matrix serves the whole batch.</summary>
    internal void MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB, Tensor y, Epilogue epilogue = default, PreparedWeights? prepared = null)
    {
        if (y.DType == DType.Float32) MatMul<float>(a, b, transposeA, transposeB, y, epilogue, prepared);
        else MatMul<double>(a, b, transposeA, transposeB, y, epilogue, prepared);
    }

    /// <summary>A matrix b, packed for products with many left factors.</summary>
    internal unsafe PreparedWeights PrepareMatMul(Tensor b, bool transposeB) => b.DType == DType.Float32 ? PrepareMatMul<float>(b, transposeB) : PrepareMatMul<double>(b, transposeB);

    static unsafe PreparedWeights PrepareMatMul<T>(Tensor b, bool transposeB)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var product = MatrixProduct<T>.Dense(1, b.Shape[transposeB ? ^2 : ^1], b.Shape[transposeB ? ^1 : ^2], null, false, (T*)b.Pointer, transposeB, null);
        var packed = Tensor.Allocate([checked((int)MatMulKernel.PackedSize(product))], b.DType).Keep();
        MatMulKernel.Pack(product, (T*)packed.Pointer);
        return new(packed, Simd.Level);
    }

    static unsafe void MatMul<T>(Tensor a, Tensor b, bool transposeA, bool transposeB, Tensor y, Epilogue epilogue, PreparedWeights? prepared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (m, n, k) = (y.Shape[^2], y.Shape[^1], a.Shape[transposeA ? ^2 : ^1]);
        var product = MatrixProduct<T>.Dense(m, n, k, (T*)a.Pointer, transposeA, (T*)b.Pointer, transposeB, (T*)y.Pointer);
        product.Batch = y.Shape[..^2].Size;
        product.BatchStrideA = a.Size == (long)m * k ? 0 : (long)m * k;
        product.BatchStrideB = b.Size == (long)k * n ? 0 : (long)k * n;
        product.BatchStrideC = (long)m * n;
        product.Bias = epilogue.BiasOf<T>();
        product.Activation = epilogue.Activation;
        if (prepared is not null) product.PackedB = prepared.Pointer<T>();
        MatMulKernel.Run(product);
    }
}
