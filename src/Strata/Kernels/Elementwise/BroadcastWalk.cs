using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Elementwise;

/// <summary>yᵢ = f(aᵢ, bᵢ) over dense operands of different shapes by NumPy's broadcasting. Axes of size 1 are dropped and axes that both
/// operands walk alike merged, so nearly every call ends as one flat loop or as rows in which an operand is a row or one value.</summary>
internal static unsafe class BroadcastWalk
{
    const int MaxRank = 32;
    const int PatternLength = 512; // elements of a repeated short row

    /// <summary>Computes all of y, whose shape is that of the broadcast.</summary>
    public static void Binary<T, TOp, TY>(T* a, ReadOnlySpan<int> shapeA, T* b, ReadOnlySpan<int> shapeB, TY y, ReadOnlySpan<int> shape, TOp f = default)
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TY : struct, ITarget<TY, T>
    {
        var (n, sizeA, sizeB) = (Size(shape), Size(shapeA), Size(shapeB));
        if (n == 0) return;
        if (sizeA == n && sizeB == n) Walk.Binary<T, TOp, Row<T>, Row<T>, TY>(new(a), new(b), y, n, f);
        else if (sizeB == 1) Walk.Binary<T, TOp, Row<T>, Same<T>, TY>(new(a), new(*b), y, n, f);
        else if (sizeA == 1) Walk.Binary<T, TOp, Same<T>, Row<T>, TY>(new(*a), new(b), y, n, f);
        else
        {
            var plan = default(Plan);
            plan.Add(shape, shapeA, shapeB);
            switch (Simd.Level)
            {
                case SimdLevel.Vector512: Rows<V512<T>, T, TOp, TY>(plan, a, b, y, f); break;
                case SimdLevel.Vector256: Rows<V256<T>, T, TOp, TY>(plan, a, b, y, f); break;
                case SimdLevel.Vector128: Rows<V128<T>, T, TOp, TY>(plan, a, b, y, f); break;
                default: Rows<V1<T>, T, TOp, TY>(plan, a, b, y, f); break;
            }
        }
    }

    static void Rows<V, T, TOp, TY>(Plan plan, T* a, T* b, TY y, TOp f)
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TY : struct, ITarget<TY, T>
    {
        var last = plan.Rank - 1;
        var width = plan.Sizes[last];
        var rows = 1L;
        for (var i = 0; i < last; i++) rows *= plan.Sizes[i];

        // A short row that repeats under long data (a bias of 10 under [128, 10]) is written out several times: short rows would cost more
        // in calls than in arithmetic.
        if (plan.Rank == 2 && width <= PatternLength / 4 && plan.StepsA[last] == 1 && plan.StepsB[last] == 1)
        {
            var pattern = stackalloc T[PatternLength];
            var repeats = Math.Min(PatternLength / width, rows);
            var (full, full2) = (rows / repeats, rows % repeats * width);
            var span = width * repeats;
            var repeatA = plan.StepsA[0] == 0;
            var row = repeatA ? a : b;
            NativeMemory.Copy(row, pattern, (nuint)(width * sizeof(T)));
            for (var filled = width; filled < span; filled *= 2)
                NativeMemory.Copy(pattern, pattern + filled, (nuint)(Math.Min(filled, span - filled) * sizeof(T)));
            var works = new RowWork<V, T, TOp, TY>(default, repeatA ? pattern : a, repeatA ? b : pattern, y, f);
            works.Plan.Set(full, span, repeatA ? 0 : span, repeatA ? span : 0);
            Workers.For(full, Math.Max(1, Walk.Grain / span / TOp.Cost), works);
            var done = full * span;
            Walk.Loop<V, T, TOp, Row<T>, Row<T>, TY>(new(works.A + (repeatA ? 0 : done)), new(works.B + (repeatA ? done : 0)), y.From(done), 0, full2, f);
            return;
        }

        Workers.For(rows, Math.Max(1, Walk.Grain / (width + 16) / TOp.Cost), new RowWork<V, T, TOp, TY>(plan, a, b, y, f));
    }

    static long Size(ReadOnlySpan<int> shape)
    {
        var n = 1L;
        foreach (var size in shape) n *= size;
        return n;
    }

    [InlineArray(MaxRank)]
    struct PerAxis
    {
        long first;
    }

    /// <summary>The axes that remain after merging, and by how much each operand moves along them.</summary>
    struct Plan
    {
        public int Rank;
        public PerAxis Sizes, StepsA, StepsB;

        public void Add(ReadOnlySpan<int> shape, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
        {
            // From the last axis outwards; reversed at the end.
            long strideA = 1, strideB = 1;
            for (var i = 1; i <= shape.Length; i++)
            {
                var size = shape[^i];
                var (sizeA, sizeB) = (i <= a.Length ? a[^i] : 1, i <= b.Length ? b[^i] : 1);
                var (stepA, stepB) = (sizeA == 1 ? 0 : strideA, sizeB == 1 ? 0 : strideB);
                strideA *= sizeA;
                strideB *= sizeB;
                if (size == 1) continue;
                var before = Rank - 1;
                if (Rank > 0 && stepA == StepsA[before] * Sizes[before] && stepB == StepsB[before] * Sizes[before]) Sizes[before] *= size;
                else (Sizes[Rank], StepsA[Rank], StepsB[Rank], Rank) = (size, stepA, stepB, Rank + 1);
            }

            ((Span<long>)Sizes)[..Rank].Reverse();
            ((Span<long>)StepsA)[..Rank].Reverse();
            ((Span<long>)StepsB)[..Rank].Reverse();
        }

        public void Set(long rows, long width, long stepA, long stepB)
        {
            Rank = 2;
            (Sizes[0], StepsA[0], StepsB[0]) = (rows, stepA, stepB);
            (Sizes[1], StepsA[1], StepsB[1]) = (width, 1, 1);
        }
    }

    struct RowWork<V, T, TOp, TY>(Plan plan, T* a, T* b, TY y, TOp f) : IRangeWork
        where V : struct, IVector<V, T>
        where T : unmanaged, INumber<T>
        where TOp : struct, IBinaryOperator
        where TY : struct, ITarget<TY, T>
    {
        public Plan Plan = plan;
        public readonly T* A = a;
        public readonly T* B = b;

        public void Run(long start, long end)
        {
            var last = Plan.Rank - 1;
            var width = Plan.Sizes[last];
            var (stepA, stepB) = (Plan.StepsA[last], Plan.StepsB[last]);
            var position = default(PerAxis);
            long atA = 0, atB = 0;
            var rest = start;
            for (var i = last - 1; i >= 0; i--)
            {
                position[i] = rest % Plan.Sizes[i];
                rest /= Plan.Sizes[i];
                atA += position[i] * Plan.StepsA[i];
                atB += position[i] * Plan.StepsB[i];
            }

            for (var row = start; row < end; row++)
            {
                var to = y.From(row * width);
                if (stepA == 0) Walk.Loop<V, T, TOp, Same<T>, Row<T>, TY>(new(A[atA]), new(B + atB), to, 0, width, f);
                else if (stepB == 0) Walk.Loop<V, T, TOp, Row<T>, Same<T>, TY>(new(A + atA), new(B[atB]), to, 0, width, f);
                else Walk.Loop<V, T, TOp, Row<T>, Row<T>, TY>(new(A + atA), new(B + atB), to, 0, width, f);

                for (var i = last - 1; i >= 0; i--)
                {
                    atA += Plan.StepsA[i];
                    atB += Plan.StepsB[i];
                    if (++position[i] < Plan.Sizes[i]) break;
                    atA -= Plan.StepsA[i] * Plan.Sizes[i];
                    atB -= Plan.StepsB[i] * Plan.Sizes[i];
                    position[i] = 0;
                }
            }
        }
    }
}
