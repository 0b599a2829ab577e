using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        var to = new T[checked(height * weights.Count * channels)];
        for (var y = 0; y < height; y++)
        {
            var row = from.AsSpan(y * width * channels, width * channels);
            var o = y * weights.Count * channels;
            for (var x = 0; x < weights.Count; x++)
            {
                var (first, w) = weights.Of(x);
                if (channels == 3)
                {
                    var pixels = row.Slice(first * 3, w.Length * 3);
                    long r = 1 << (Bits - 1), g = r, b = r;
                    for (int i = 0, p = 0; i < w.Length && p + 2 < pixels.Length; i++, p += 3)
                    {
                        r += long.CreateTruncating(pixels[p]) * w[i];
                        g += long.CreateTruncating(pixels[p + 1]) * w[i];
                        b += long.CreateTruncating(pixels[p + 2]) * w[i];
                    }

                    (to[o], to[o + 1], to[o + 2]) = (T.CreateSaturating(r >> Bits), T.CreateSaturating(g >> Bits), T.CreateSaturating(b >> Bits));
                    o += 3;
                    continue;
                }

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

    static T[] Rows<T>(T[] from, int rowLength, Weights weights)
        where T : unmanaged, IBinaryInteger<T>
    {
        var to = new T[checked(weights.Count * rowLength)];
        for (var y = 0; y < weights.Count; y++)
        {
            var (first, w) = weights.Of(y);
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

    /// <summary>Eight columns at a time; 8-bit samples with 22-bit weights fit 32 bits.</summary>
    /// <returns>How many columns were done.</returns>
    static int Bytes(ReadOnlySpan<byte> rows, int rowLength, ReadOnlySpan<int> weights, Span<byte> to)
    {
        var x = 0;
        for (; x + 8 <= rowLength; x += 8)
        {
            var sum = Vector256.Create(1 << (Bits - 1));
            for (var i = 0; i < weights.Length; i++)
            {
                var eight = Vector128.CreateScalar(MemoryMarshal.Read<ulong>(rows[((i * rowLength) + x)..])).AsByte();
                var words = Vector128.WidenLower(eight);
                sum += Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32() * weights[i];
            }

            sum = Vector256.Min(Vector256.Max(sum >> Bits, Vector256<int>.Zero), Vector256.Create(255));
            var narrow = Vector128.Narrow(sum.GetLower().AsUInt32(), sum.GetUpper().AsUInt32());
            MemoryMarshal.Write(to[x..], Vector128.Narrow(narrow, narrow).AsUInt64().ToScalar());
        }

        return x;
    }

    /// <summary>Of each element of the new axis: which old ones make it, and with what weights in fixed point.</summary>
    sealed class Weights
    {
        readonly int[] firsts, starts, weights;

        public Weights(int from, int to, Resampling filter)
        {
            Count = to;
            var scale = (double)from / to;
            var stretch = Math.Max(scale, 1);
            var support = Support(filter) * stretch;
            firsts = new int[to];
            starts = new int[to + 1];
            var all = new List<int>();
            var kernel = new double[(int)Math.Ceiling(support) * 2 + 2];
            for (var i = 0; i < to; i++)
            {
                var center = (i + .5) * scale;
                var first = Math.Max((int)(center - support + .5), 0);
                var count = Math.Min((int)(center + support + .5), from) - first;
                var sum = 0.0;
                for (var j = 0; j < count; j++) sum += kernel[j] = Value(filter, (j + first - center + .5) / stretch);
                for (var j = 0; j < count; j++)
                {
                    var weight = kernel[j] / sum * (1 << Bits);
                    all.Add((int)(weight < 0 ? weight - .5 : weight + .5));
                }

                (firsts[i], starts[i + 1]) = (first, all.Count);
            }

            weights = [.. all];
        }

        public int Count { get; }

        public Entry Of(int i) => new(firsts[i], weights.AsSpan(starts[i]..starts[i + 1]));

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

    readonly ref struct Entry(int first, ReadOnlySpan<int> weights)
    {
        readonly ReadOnlySpan<int> weights = weights;

        public void Deconstruct(out int start, out ReadOnlySpan<int> values)
        {
            start = first;
            values = weights;
        }
    }
}
