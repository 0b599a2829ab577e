using System.Numerics;

namespace Strata.Kernels;

public partial class CpuKernels
{
    /// <summary>y = op(a)·op(b) for each matrix of the batch; an operand with one matrix serves the whole batch.</summary>
    internal void MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB, Tensor y)
    {
        if (y.DType == DType.Float32) MatMul<float>(a, b, transposeA, transposeB, y);
        else MatMul<double>(a, b, transposeA, transposeB, y);
    }

    static unsafe void MatMul<T>(Tensor a, Tensor b, bool transposeA, bool transposeB, Tensor y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (m, n, k) = (y.Shape[^2], y.Shape[^1], a.Shape[transposeA ? ^2 : ^1]);
        var product = MatrixProduct<T>.Dense(m, n, k, (T*)a.Pointer, transposeA, (T*)b.Pointer, transposeB, (T*)y.Pointer);
        product.Batch = y.Shape[..^2].Size;
        product.BatchStrideA = a.Size == (long)m * k ? 0 : (long)m * k;
        product.BatchStrideB = b.Size == (long)k * n ? 0 : (long)k * n;
        product.BatchStrideC = (long)m * n;
        MatMulKernel.Run(product);
    }
}
