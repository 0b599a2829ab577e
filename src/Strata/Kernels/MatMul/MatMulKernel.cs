using System.Numerics;
using System.Runtime.Intrinsics;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>Matrix products of float32 and float64, equal to the bit for any number of threads.</summary>
internal static unsafe class MatMulKernel
{
    /// <summary>Computes <paramref name="product"/>.</summary>
    public static void Run<T>(in MatrixProduct<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (product.M <= 0 || product.N <= 0 || product.Batch <= 0) return;
        switch (Simd.Level)
        {
            case SimdLevel.Vector512:
                Run<Vector512Ops<T>, Vector512<T>, T>(product);
                break;
            case SimdLevel.Vector256:
                Run<Vector256Ops<T>, Vector256<T>, T>(product);
                break;
            case SimdLevel.Vector128:
                Run<Vector128Ops<T>, Vector128<T>, T>(product);
                break;
            default:
                Run<ScalarOps<T>, T, T>(product);
                break;
        }
    }

    /// <summary>Elements of the right factor of <paramref name="product"/> when packed.</summary>
    public static long PackedSize<T>(in MatrixProduct<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Simd.Level switch
        {
            SimdLevel.Vector512 => MatMulBlock<Vector512Ops<T>, Vector512<T>, T>.PackedSize(product.N, product.K),
            SimdLevel.Vector256 => MatMulBlock<Vector256Ops<T>, Vector256<T>, T>.PackedSize(product.N, product.K),
            SimdLevel.Vector128 => MatMulBlock<Vector128Ops<T>, Vector128<T>, T>.PackedSize(product.N, product.K),
            _ => MatMulBlock<ScalarOps<T>, T, T>.PackedSize(product.N, product.K),
        };

    /// <summary>Packs the right factor of <paramref name="product"/>, for <see cref="MatrixProduct{T}.PackedB"/>.</summary>
    public static void Pack<T>(in MatrixProduct<T> product, T* target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (Simd.Level)
        {
            case SimdLevel.Vector512:
                MatMulBlock<Vector512Ops<T>, Vector512<T>, T>.Pack(product, target);
                break;
            case SimdLevel.Vector256:
                MatMulBlock<Vector256Ops<T>, Vector256<T>, T>.Pack(product, target);
                break;
            case SimdLevel.Vector128:
                MatMulBlock<Vector128Ops<T>, Vector128<T>, T>.Pack(product, target);
                break;
            default:
                MatMulBlock<ScalarOps<T>, T, T>.Pack(product, target);
                break;
        }
    }

    static void Run<TOps, TVector, T>(MatrixProduct<T> p)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MergeBatch(ref p);
        var thin = p.M == 1 || p.N == 1;
        var grid = MatMulGrid.Choose(p.M, p.N, p.K, p.Batch, TOps.TileRows, 2 * TOps.Width, thin);
        var work = new Work<TOps, TVector, T>(&p, grid);
        if (grid.Tasks == 1) work.Run(0, 1);
        else Workers.For(grid.Tasks, 1, work);
    }

    /// <summary>A batch of products with one B and rows that follow each other is one product with more rows.</summary>
    static void MergeBatch<T>(ref MatrixProduct<T> p)
        where T : unmanaged
    {
        if (p.Batch == 1 || p.TransposeA || p.BatchStrideB != 0 || p.BatchStrideA != p.M * p.LeadingA || p.BatchStrideC != p.M * p.LeadingC) return;
        p.M *= p.Batch;
        p.Batch = 1;
    }

    readonly struct Work<TOps, TVector, T>(MatrixProduct<T>* product, MatMulGrid grid) : IRangeWork
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(long start, long end)
        {
            for (var task = start; task < end; task++)
            {
                var part = grid.Part(task);
                var p = *product;
                p.A += part.Batch * p.BatchStrideA;
                p.B += part.Batch * p.BatchStrideB;
                p.C += part.Batch * p.BatchStrideC;
                if (p.N == 1) MatVec<TOps, TVector, T>.Run(p, part.Row, part.Rows);
                else if (p.M == 1) MatVec<TOps, TVector, T>.Run(p, part.Column, part.Columns);
                else MatMulBlock<TOps, TVector, T>.Run(p, part.Row, part.Rows, part.Column, part.Columns);
            }
        }
    }
}
