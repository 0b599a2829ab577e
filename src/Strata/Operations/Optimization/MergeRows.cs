using System.Numerics;
using System.Numerics.Tensors;
using Strata.Kernels;

namespace Strata.Operations;

/// <summary>(rows, values) with the values of equal rows added up at the first of them, in order; the others become −1 and 0.</summary>
internal sealed record MergeRows : Multiple
{
    protected override TensorType[] Infer(Tensor[] x)
    {
        if (x[0].Rank != 1 || x[0].DType != DType.Int64 || x[1].Rank == 0 || x[1].Shape[0] != x[0].Shape[0])
            Fail($"rows {x[0].Type} and values {x[1].Type} must be int64 [m] and [m, …].");
        return [x[0].Type, x[1].Type];
    }

    protected override void Run(CpuKernels k, Tensor[] x, Tensor[] y)
    {
        CpuKernels.CopyBytes(x[0], y[0]);
        CpuKernels.CopyBytes(x[1], y[1]);
        if (x[1].DType == DType.Float32) Merge<float>(k, y);
        else Merge<double>(k, y);
    }

    static void Merge<T>(CpuKernels k, Tensor[] y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = k.Write<long>(y[0]);
        if (rows.Length == 0) return;
        var values = k.Write<T>(y[1]);
        var width = values.Length / rows.Length;
        var first = new Dictionary<long, int>(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var own = values.Slice(i * width, width);
            if (rows[i] >= 0 && first.TryAdd(rows[i], i)) continue;
            if (rows[i] >= 0)
            {
                var sum = values.Slice(first[rows[i]] * width, width);
                TensorPrimitives.Add(sum, own, sum);
            }

            own.Clear();
            rows[i] = -1;
        }
    }
}
