using System.Buffers;
using Strata.Threading;

namespace Strata.Kernels;

// Every type is sorted by unsigned keys of 64 bits whose order is the wanted one, so there is one sort. The sort of the keys is not
// stable, but what it disorders are runs of equal keys, whose positions are sorted afterwards.
public partial class CpuKernels
{
    /// <summary>y = the positions of the first elements in sorted order, as many as y has along the axis.</summary>
    internal unsafe void ArgSort(Tensor x, int axis, bool descending, Tensor y)
    {
        if (y.Size == 0) return;
        var work = new SortLines
        {
            X = x.Pointer,
            Y = (long*)y.Pointer,
            Type = x.DType,
            Length = x.Shape[axis],
            Count = y.Shape[axis],
            Inner = x.Shape[(axis + 1)..].Size,
            Flip = descending ? ulong.MaxValue : 0,
        };
        Workers.For(x.Size / work.Length, Math.Max(1, (1 << 13) / work.Length), work);
    }

    unsafe struct SortLines : IRangeWork
    {
        const int MostInserted = 32; // up to so many elements of a long line are kept sorted while it is read

        public byte* X;
        public long* Y;
        public DType Type;
        public int Length, Count;
        public long Inner;
        public ulong Flip;

        public readonly void Run(long start, long end)
        {
            var keys = ArrayPool<ulong>.Shared.Rent(Length);
            var positions = ArrayPool<int>.Shared.Rent(Length);
            for (var line = start; line < end; line++)
            {
                var (o, j) = (line / Inner, line % Inner);
                var first = (o * Length * Inner) + j;
                if (Count <= MostInserted && Count * 4 < Length) Insert(first, keys, positions);
                else Sort(first, keys.AsSpan(0, Length), positions.AsSpan(0, Length));
                for (var i = 0L; i < Count; i++) Y[(((o * Count) + i) * Inner) + j] = positions[i];
            }

            ArrayPool<ulong>.Shared.Return(keys);
            ArrayPool<int>.Shared.Return(positions);
        }

        readonly void Sort(long first, Span<ulong> keys, Span<int> positions)
        {
            for (var i = 0; i < Length; i++) (keys[i], positions[i]) = (Key(first + (i * Inner)), i);
            keys.Sort(positions);
            for (var i = 0; i < Length;)
            {
                var run = i + 1;
                while (run < Length && keys[run] == keys[i]) run++;
                if (run > i + 1) positions[i..run].Sort();
                i = run;
            }
        }

        readonly void Insert(long first, ulong[] keys, int[] positions)
        {
            var n = 0;
            for (var i = 0; i < Length; i++)
            {
                var key = Key(first + (i * Inner));
                if (n == Count && key >= keys[n - 1]) continue;
                var at = n < Count ? n++ : n - 1;
                for (; at > 0 && keys[at - 1] > key; at--) (keys[at], positions[at]) = (keys[at - 1], positions[at - 1]);
                (keys[at], positions[at]) = (key, i);
            }
        }

        readonly ulong Key(long at)
        {
            const ulong sign = 1UL << 63;
            if (Type is DType.Float32 or DType.Float64)
            {
                double value = Type == DType.Float32 ? ((float*)X)[at] : ((double*)X)[at];
                if (double.IsNaN(value)) return ulong.MaxValue;
                var bits = BitConverter.DoubleToUInt64Bits(value + 0.0); // −0 becomes 0, its equal
                return (bits >= sign ? ~bits : bits | sign) ^ Flip;
            }

            var whole = Type switch { DType.Int32 => ((int*)X)[at], DType.Int64 => ((long*)X)[at], _ => X[at] };
            return ((ulong)whole ^ sign) ^ Flip;
        }
    }
}
