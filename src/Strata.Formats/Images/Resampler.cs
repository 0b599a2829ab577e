using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Formats.Images;

/// <summary>Resizes samples one axis after the other, columns first, with weights in 22-bit fixed point and rounding in between: the arithmetic
/// of Pillow, so that results are equal.</summary>
static class Resampler
{
    const int Bits = 22;

    /// <summary>Resizes [height, width, channels] samples.</summary>
    public static T[] Resize<T>(T[] from, int height, int width, int channels, int toHeight, int toWidth, Resampling filter)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (filter == Resampling.Nearest) return Nearest(from, height, width, channels, toHeight, toWidth);
        if (toWidth != width) from = Columns(from, height, width, channels, new Weights(width, toWidth, filter));
        if (toHeight != height) from = Rows(from, toWidth * channels, new Weights(height, toHeight, filter));
        return from;
    }

    static T[] Nearest<T>(T[] from, int height, int width, int channels, int toHeight, int toWidth)
    {
        var to = new T[checked(toHeight * toWidth * channels)];
        var columns = new int[toWidth];
        for (var x = 0; x < toWidth; x++) columns[x] = Math.Min((int)((x + .5) * width / toWidth), width - 1) * channels;
        for (int y = 0, o = 0; y < toHeight; y++)
        {
            var row = from.AsSpan(Math.Min((int)((y + .5) * height / toHeight), height - 1) * width * channels, width * channels);
            foreach (var column in columns)
                for (var c = 0; c < channels; c++) to[o++] = row[column + c];
        }

        return to;
    }

    static T[] Columns<T>(T[] from, int height, int width, int channels, Weights weights)
        where T : unmanaged, IBinaryInteger<T>
    {
        var to = GC.AllocateUninitializedArray<T>(checked(height * weights.Count * channels));
        var y = typeof(T) == typeof(byte) && channels is 3 or 4
            ? Pixels(MemoryMarshal.AsBytes(from.AsSpan()), height, width, channels, weights, MemoryMarshal.AsBytes(to.AsSpan()))
            : 0;
        for (; y < height; y++)
        {
            var row = from.AsSpan(y * width * channels, width * channels);
            var o = y * weights.Count * channels;
            for (var x = 0; x < weights.Count; x++)
            {
                var first = weights.First(x);
                var w = weights[x];
                for (var c = 0; c < channels; c++)
                {
                    long sum = 1 << (Bits - 1);
                    for (var i = 0; i < w.Length; i++) sum += long.CreateTruncating(row[((first + i) * channels) + c]) * w[i];
                    to[o++] = T.CreateSaturating(sum >> Bits);
                }
            }
        }

        return to;
    }

    /// <summary>The pixels of four rows at a time, four bytes of each, whether they have four or three.</summary>
    /// <returns>How many rows were done: whole fours.</returns>
    static int Pixels(ReadOnlySpan<byte> from, int height, int width, int channels, Weights weights, Span<byte> to)
    {
        var (rowLength, toLength) = (width * channels, weights.Count * channels);
        var columns = new byte[16 * (width + weights.Most)]; // the pixels of four rows that stand one over the other, side by side; then zeros
        ref var column = ref MemoryMarshal.GetArrayDataReference(columns);
        var y = 0;
        for (; y + 4 <= height; y += 4)
        {
            SideBySide(from[(y * rowLength)..], rowLength, width, channels, columns);
            var rows = to.Slice(y * toLength, 4 * toLength);
            ref byte row0 = ref MemoryMarshal.GetReference(rows), row1 = ref Unsafe.Add(ref row0, toLength), row2 = ref Unsafe.Add(ref row1, toLength), row3 = ref Unsafe.Add(ref row2, toLength);
            for (int x = 0, o = 0; x < weights.Count; x++, o += channels)
            {
                // Always as many weights, so that the processor foresees the end.
                var made = Sixteen(ref Unsafe.Add(ref column, 16 * weights.First(x)), 16, weights.Padded(x)).AsUInt32();
                if (x + 1 == weights.Count)
                {
                    for (var row = 0; row < 4; row++) BitConverter.GetBytes(made[row]).AsSpan(0, channels).CopyTo(rows[((row * toLength) + o)..]);
                    break;
                }

                // A fourth byte where there are three is that of the next pixel, which comes after it.
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref row0, o), made.GetElement(0));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref row1, o), made.GetElement(1));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref row2, o), made.GetElement(2));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref row3, o), made.GetElement(3));
            }
        }

        return y;
    }

    /// <summary>Puts the pixels of four rows that stand one over the other side by side, four bytes each.</summary>
    static void SideBySide(ReadOnlySpan<byte> from, int rowLength, int width, int channels, Span<byte> to)
    {
        var x = 0;
        if (Sse41.IsSupported)
        {
            ref byte row0 = ref MemoryMarshal.GetReference(from), row1 = ref Unsafe.Add(ref row0, rowLength), row2 = ref Unsafe.Add(ref row1, rowLength), row3 = ref Unsafe.Add(ref row2, rowLength);
            var places = channels == 4
                ? Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
                : Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
            for (; (x * channels) + 16 <= rowLength; x += 4)
            {
                var at = (nuint)(x * channels);
                var a = Ssse3.Shuffle(Vector128.LoadUnsafe(ref row0, at), places).AsUInt32();
                var b = Ssse3.Shuffle(Vector128.LoadUnsafe(ref row1, at), places).AsUInt32();
                var c = Ssse3.Shuffle(Vector128.LoadUnsafe(ref row2, at), places).AsUInt32();
                var d = Ssse3.Shuffle(Vector128.LoadUnsafe(ref row3, at), places).AsUInt32();
                var (ab, cd) = (Sse2.UnpackLow(a, b).AsUInt64(), Sse2.UnpackLow(c, d).AsUInt64());
                Sse2.UnpackLow(ab, cd).AsByte().CopyTo(to[(16 * x)..]);
                Sse2.UnpackHigh(ab, cd).AsByte().CopyTo(to[((16 * x) + 16)..]);
                (ab, cd) = (Sse2.UnpackHigh(a, b).AsUInt64(), Sse2.UnpackHigh(c, d).AsUInt64());
                Sse2.UnpackLow(ab, cd).AsByte().CopyTo(to[((16 * x) + 32)..]);
                Sse2.UnpackHigh(ab, cd).AsByte().CopyTo(to[((16 * x) + 48)..]);
            }
        }

        for (; x < width; x++)
            for (var row = 0; row < 4; row++) from.Slice((row * rowLength) + (x * channels), channels).CopyTo(to[((16 * x) + (4 * row))..]);
    }

    /// <summary>Sixteen weighted sums, each of bytes that stand <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Sixteen(ref byte p, nint stride, ReadOnlySpan<int> weights)
    {
        if (Avx512F.IsSupported)
        {
            var sum = Vector512.Create(1 << (Bits - 1));
            foreach (var weight in weights)
            {
                sum += Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref p)) * weight;
                p = ref Unsafe.Add(ref p, stride);
            }

            return Avx512F.ConvertToVector128ByteWithSaturation(Vector512.Max(sum >> Bits, Vector512<int>.Zero).AsUInt32());
        }

        var (left, right) = (Vector256.Create(1 << (Bits - 1)), Vector256.Create(1 << (Bits - 1)));
        foreach (var weight in weights)
        {
            var factor = Vector256.Create(weight);
            left += Widened(ref p) * factor;
            right += Widened(ref Unsafe.Add(ref p, 8)) * factor;
            p = ref Unsafe.Add(ref p, stride);
        }

        var (low, most) = (Vector256<int>.Zero, Vector256.Create(255));
        (left, right) = (Vector256.Min(Vector256.Max(left >> Bits, low), most), Vector256.Min(Vector256.Max(right >> Bits, low), most));
        return Vector128.Narrow(Vector128.Narrow(left.GetLower().AsUInt32(), left.GetUpper().AsUInt32()), Vector128.Narrow(right.GetLower().AsUInt32(), right.GetUpper().AsUInt32()));
    }

    /// <summary>Eight bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Widened(ref byte eight)
    {
        var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref eight)).AsByte();
        if (Avx2.IsSupported) return Avx2.ConvertToVector256Int32(bytes);
        var words = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
    }

    static T[] Rows<T>(T[] from, int rowLength, Weights weights)
        where T : unmanaged, IBinaryInteger<T>
    {
        var to = GC.AllocateUninitializedArray<T>(checked(weights.Count * rowLength));
        for (var y = 0; y < weights.Count; y++)
        {
            var first = weights.First(y);
            var w = weights[y];
            var rows = from.AsSpan(first * rowLength, w.Length * rowLength);
            var row = to.AsSpan(y * rowLength, rowLength);
            var x = typeof(T) == typeof(byte) ? Bytes(MemoryMarshal.AsBytes(rows), rowLength, w, MemoryMarshal.AsBytes(row)) : 0;
            for (; x < rowLength; x++)
            {
                long sum = 1 << (Bits - 1);
                for (var i = 0; i < w.Length; i++) sum += long.CreateTruncating(rows[(i * rowLength) + x]) * w[i];
                row[x] = T.CreateSaturating(sum >> Bits);
            }
        }

        return to;
    }

    /// <summary>Sixteen columns at a time; 8-bit samples with 22-bit weights fit 32 bits.</summary>
    /// <returns>How many columns were done.</returns>
    static int Bytes(ReadOnlySpan<byte> rows, int rowLength, ReadOnlySpan<int> weights, Span<byte> to)
    {
        ref var start = ref MemoryMarshal.GetReference(rows);
        var x = 0;
        for (; x + 16 <= rowLength; x += 16) Sixteen(ref Unsafe.Add(ref start, x), rowLength, weights).CopyTo(to[x..]);

        return x;
    }

    /// <summary>Of each element of the new axis: which old ones make it, and with what weights in fixed point.</summary>
    sealed class Weights
    {
        readonly int[] firsts, counts, weights;

        public Weights(int from, int to, Resampling filter)
        {
            Count = to;
            var scale = (double)from / to;
            var stretch = Math.Max(scale, 1);
            var support = Support(filter) * stretch;
            (firsts, counts) = (new int[to], new int[to]);
            for (var i = 0; i < to; i++)
            {
                var center = (i + .5) * scale;
                firsts[i] = Math.Max((int)(center - support + .5), 0);
                counts[i] = Math.Min((int)(center + support + .5), from) - firsts[i];
                Most = Math.Max(Most, counts[i]);
            }

            weights = new int[checked(to * Most)];
            var kernel = new double[Most];
            for (var i = 0; i < to; i++)
            {
                var (center, first, count, sum) = ((i + .5) * scale, firsts[i], counts[i], 0.0);
                for (var j = 0; j < count; j++) sum += kernel[j] = Value(filter, (j + first - center + .5) / stretch);
                for (var j = 0; j < count; j++)
                {
                    var weight = kernel[j] / sum * (1 << Bits);
                    weights[(i * Most) + j] = (int)(weight < 0 ? weight - .5 : weight + .5);
                }
            }
        }

        public int Count { get; }

        /// <summary>The most old elements that make a new one.</summary>
        public int Most { get; }

        /// <summary>The first old element of a new one.</summary>
        public int First(int i) => firsts[i];

        /// <summary>The weights of a new element, of the first old one and those behind it.</summary>
        public ReadOnlySpan<int> this[int i] => weights.AsSpan(i * Most, counts[i]);

        /// <summary>The same, and zeros up to <see cref="Most"/>.</summary>
        public ReadOnlySpan<int> Padded(int i) => weights.AsSpan(i * Most, Most);

        static double Support(Resampling filter) => filter switch
        {
            Resampling.Area => .5,
            Resampling.Bilinear => 1,
            Resampling.Bicubic => 2,
            _ => 3,
        };

        static double Value(Resampling filter, double x)
        {
            var d = Math.Abs(x);
            return filter switch
            {
                Resampling.Area => x is > -.5 and <= .5 ? 1 : 0,
                Resampling.Bilinear => Math.Max(1 - d, 0),
                Resampling.Bicubic => d < 1 ? (((1.5 * d) - 2.5) * d * d) + 1 : d < 2 ? ((((-.5 * d) + 2.5) * d) - 4) * d + 2 : 0,
                _ => d < 3 ? Sinc(x) * Sinc(x / 3) : 0,
            };
        }

        static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
    }
}
