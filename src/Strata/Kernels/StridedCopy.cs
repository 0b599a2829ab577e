using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>Copies a box of elements from one strided arrangement to another: what slicing, padding, concatenation, broadcasting and
/// transposition come down to. Axes of size 1 are dropped and axes that both sides walk alike are merged first, so that most calls
/// end as a few long rows; what remains is a copy of rows, a fill of rows, a tiled transposition or a plain walk.</summary>
internal static unsafe class StridedCopy
{
    const int MaxRank = 8; // after merging; a box of more axes is cut along its outermost one
    const long Grain = 1 << 16; // elements a thread at least

    [InlineArray(MaxRank)]
    internal struct PerAxis
    {
        long first;
    }

    /// <summary>The strides of a dense tensor of this shape, in elements.</summary>
    public static void Dense(Shape shape, Span<long> strides)
    {
        var stride = 1L;
        for (var i = shape.Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }
    }

    /// <summary>Copies the elements of a box of the given sizes. Strides are in elements and may be zero (source only) or negative.</summary>
    public static void Run(byte* source, ReadOnlySpan<long> sourceStrides, byte* target, ReadOnlySpan<long> targetStrides, ReadOnlySpan<int> sizes, int elementSize)
    {
        Span<long> n = stackalloc long[sizes.Length + 1], s = stackalloc long[sizes.Length + 1], t = stackalloc long[sizes.Length + 1];
        var rank = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0) return;
            if (sizes[i] == 1) continue;
            if (rank > 0 && s[rank - 1] == sourceStrides[i] * sizes[i] && t[rank - 1] == targetStrides[i] * sizes[i]) n[rank - 1] *= sizes[i];
            else n[rank++] = sizes[i];
            s[rank - 1] = sourceStrides[i];
            t[rank - 1] = targetStrides[i];
        }

        if (rank == 0) (n[0], s[0], t[0], rank) = (1, 1, 1, 1);
        Split(source, s[..rank], target, t[..rank], n[..rank], elementSize);
    }

    static void Split(byte* source, ReadOnlySpan<long> s, byte* target, ReadOnlySpan<long> t, ReadOnlySpan<long> n, int elementSize)
    {
        if (n.Length > MaxRank)
        {
            for (var i = 0L; i < n[0]; i++) Split(source + (i * s[0] * elementSize), s[1..], target + (i * t[0] * elementSize), t[1..], n[1..], elementSize);
            return;
        }

        if (elementSize == 1) Start(source, s, target, t, n);
        else if (elementSize == 4) Start((uint*)source, s, (uint*)target, t, n);
        else Start((ulong*)source, s, (ulong*)target, t, n);
    }

    static void Start<T>(T* source, ReadOnlySpan<long> s, T* target, ReadOnlySpan<long> t, ReadOnlySpan<long> n)
        where T : unmanaged
    {
        var last = n.Length - 1;
        if (last == 0 && s[0] == 1 && t[0] == 1)
        {
            Workers.For(n[0], Grain, new Block<T> { Source = source, Target = target });
            return;
        }

        // Where the source is dense along another axis than the target, both are walked in tiles that fit the first-level cache.
        var across = s[last] is 0 or 1 ? -1 : s[..last].IndexOf(1);
        var walk = new Walk<T> { Source = source, Target = target, RowAxis = last, Across = across };
        var rows = 1L;
        for (var i = 0; i <= last; i++)
        {
            (walk.N[i], walk.S[i], walk.T[i]) = (n[i], s[i], t[i]);
            if (i != last && i != across) rows *= n[i];
        }

        if (across >= 0)
        {
            walk.Band = TransposedTiles.BandRows(n[last]);
            rows *= (n[across] + walk.Band - 1) / walk.Band;
        }

        var perRow = across >= 0 ? n[last] * Math.Min(n[across], walk.Band) : n[last];
        Workers.For(rows, Math.Max(1, Grain / perRow), walk);
    }

    struct Block<T> : IRangeWork
        where T : unmanaged
    {
        public T* Source, Target;

        public readonly void Run(long start, long end) => NativeMemory.Copy(Source + start, Target + start, (nuint)((end - start) * sizeof(T)));
    }

    struct Walk<TElement> : IRangeWork
        where TElement : unmanaged
    {
        public TElement* Source, Target;
        public PerAxis N, S, T;
        public int RowAxis, Across, Band;

        public void Run(long start, long end)
        {
            if (Across >= 0) RunTiles(start, end);
            else RunRows(start, end);
        }

        void RunRows(long start, long end)
        {
            PerAxis index = default;
            var (n, s, t) = (N[RowAxis], S[RowAxis], T[RowAxis]);
            var p = Source;
            var q = Target;
            var rest = start;
            for (var i = RowAxis - 1; i >= 0; i--)
            {
                index[i] = rest % N[i];
                rest /= N[i];
                p += index[i] * S[i];
                q += index[i] * T[i];
            }

            for (var row = start; row < end; row++)
            {
                Row(p, s, q, t, n);
                for (var i = RowAxis - 1; i >= 0; i--)
                {
                    p += S[i];
                    q += T[i];
                    if (++index[i] < N[i]) break;
                    index[i] = 0;
                    p -= N[i] * S[i];
                    q -= N[i] * T[i];
                }
            }
        }

        static void Row(TElement* p, long s, TElement* q, long t, long n)
        {
            if (t == 1 && s == 1 && n >= 16) NativeMemory.Copy(p, q, (nuint)(n * sizeof(TElement)));
            else if (t == 1 && s == 0 && n <= int.MaxValue) new Span<TElement>(q, (int)n).Fill(*p);
            else
                for (var i = 0L; i < n; i++) q[i * t] = p[i * s];
        }

        void RunTiles(long start, long end)
        {
            var bands = (N[Across] + Band - 1) / Band;
            for (var item = start; item < end; item++)
            {
                var first = item % bands * Band;
                var rest = item / bands;
                var p = Source + first;
                var q = Target + (first * T[Across]);
                for (var i = RowAxis - 1; i >= 0; i--)
                {
                    if (i == Across) continue;
                    p += rest % N[i] * S[i];
                    q += rest % N[i] * T[i];
                    rest /= N[i];
                }

                TransposedTiles.Band(p, S[RowAxis], q, T[Across], T[RowAxis], Math.Min(N[Across] - first, Band), N[RowAxis]);
            }
        }
    }
}
