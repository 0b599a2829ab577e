using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Elementwise;

/// <summary>The choice between two operands by truth values. Only bits move, so integers serve floats of their size.</summary>
internal static unsafe class Selection
{
    const long Block = 256;

    /// <summary>yᵢ = aᵢ where the condition holds, else bᵢ; a and b may each be one value for all.</summary>
    public static void Run<T>(byte* condition, T* a, bool sameA, T* b, bool sameB, T* y, long n)
        where T : unmanaged, INumber<T>
    {
        if (n == 0) return;
        switch (sameA, sameB)
        {
            case (false, false): Run<T, Row<T>, Row<T>>(condition, new(a), new(b), y, n); break;
            case (false, true): Run<T, Row<T>, Same<T>>(condition, new(a), new(*b), y, n); break;
            case (true, false): Run<T, Same<T>, Row<T>>(condition, new(*a), new(b), y, n); break;
            default: Run<T, Same<T>, Same<T>>(condition, new(*a), new(*b), y, n); break;
        }
    }

    static void Run<T, TA, TB>(byte* condition, TA a, TB b, T* y, long n)
        where T : unmanaged, INumber<T>
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
    {
        var (blocks, grain) = ((n + Block - 1) / Block, Walk.Grain / Block);
        switch (Simd.Level)
        {
            case SimdLevel.Vector512: Workers.For(blocks, grain, new Work<V512<T>, T, TA, TB>(condition, a, b, y, n)); break;
            case SimdLevel.Vector256: Workers.For(blocks, grain, new Work<V256<T>, T, TA, TB>(condition, a, b, y, n)); break;
            case SimdLevel.Vector128: Workers.For(blocks, grain, new Work<V128<T>, T, TA, TB>(condition, a, b, y, n)); break;
            default: Workers.For(blocks, grain, new Work<V1<T>, T, TA, TB>(condition, a, b, y, n)); break;
        }
    }

    readonly struct Work<V, T, TA, TB>(byte* condition, TA a, TB b, T* y, long n) : IRangeWork
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TA : struct, IOperand<T>
        where TB : struct, IOperand<T>
    {
        [MethodImpl(Jit.Loop)]
        public void Run(long start, long end)
        {
            end = Math.Min(end * Block, n);
            var i = start * Block;
            for (; i <= end - V.Count; i += V.Count) V.Select(V.LoadMask(condition + i), a.Load<V>(i), b.Load<V>(i)).Store(y + i);
            for (; i < end; i++) V1<T>.Select(V1<T>.LoadMask(condition + i), a.Load<V1<T>>(i), b.Load<V1<T>>(i)).Store(y + i);
        }
    }
}
