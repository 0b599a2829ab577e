using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Kernels.Elementwise;
using Strata.Kernels.Reduction;
using Strata.Kernels.Vectors;
using Strata.Threading;

namespace Strata.Kernels.Normalization;

/// <summary>Batch normalization over x [rows, channels]: statistics of each channel and the affine maps that follow from them. Several rows
/// are taken as one, so that a row fills whole vectors whatever the number of channels; what belongs to a channel is repeated likewise.</summary>
internal static unsafe class ChannelMoments<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    const int ChunkRows = 64;
    const int Lanes = 16; // a multiple of every vector's lanes

    /// <summary>How many rows are taken as one.</summary>
    static long Merge(long channels)
    {
        var merge = channels % Lanes == 0 ? 1L : Lanes;
        while (merge * channels < 4 * Lanes) merge *= 2;
        return merge;
    }

    /// <summary>y = (x − mean)·scale + shift with mean = Σx/rows, scale = gamma/√(variance + ε); fills mean and variance too.</summary>
    public static void Forward(T* x, long rows, long channels, T* gamma, T* beta, T epsilon, T* y, T* mean, T* variance)
    {
        var n = T.CreateTruncating(rows);
        ColumnReduction<V, T, Operators.Identity, Reductions.Sum>.Run(x, 1, rows, channels, mean);
        for (var c = 0L; c < channels; c++) mean[c] /= n;

        using var memory = new Scratch(3 * channels);
        var plain = memory.Take(channels);
        var squares = memory.Take(channels);
        var scale = memory.Take(channels);
        Sums(x, x, rows, channels, mean, plain, squares);
        for (var c = 0L; c < channels; c++)
        {
            // The rounding error of the mean is Σ(x − mean)/n; it is taken out of the variance and of the mean.
            var off = plain[c] / n;
            variance[c] = T.Max(squares[c] / n - off * off, T.Zero);
            mean[c] += off;
            scale[c] = gamma[c] / Sqrt(variance[c] + epsilon);
        }

        Map(x, x, rows, channels, mean, scale, beta, null, y);
    }

    /// <summary>The gradients for x, gamma and beta from dy.</summary>
    public static void Backward(T* x, long rows, long channels, T* gamma, T* mean, T* variance, T epsilon, T* dy, T* dx, T* dgamma, T* dbeta)
    {
        var n = T.CreateTruncating(rows);
        Sums(x, dy, rows, channels, mean, dbeta, dgamma);
        using var memory = new Scratch(3 * channels);
        var scale = memory.Take(channels);
        var slope = memory.Take(channels);
        var level = memory.Take(channels);
        for (var c = 0L; c < channels; c++)
        {
            var inverse = T.One / Sqrt(variance[c] + epsilon);
            scale[c] = gamma[c] * inverse;
            slope[c] = -dgamma[c] * inverse * inverse / n;
            level[c] = -dbeta[c] / n;
            dgamma[c] *= inverse;
        }

        Map(x, dy, rows, channels, mean, scale, level, slope, dx);
    }

    static T Sqrt(T value) => V1<T>.Sqrt(value).Value;

    /// <summary>For each channel Σ w and Σ w·(x − mean), where w = dy; if dy is x itself, w = x − mean.</summary>
    static void Sums(T* x, T* dy, long rows, long channels, T* mean, T* plain, T* weighted)
    {
        var merge = Merge(channels);
        var width = merge * channels;
        var wide = rows / merge; // and an incomplete row
        var chunks = Math.Max(1, (wide + ChunkRows - 1) / ChunkRows);
        using var memory = new Scratch(width + (2 * width * (chunks + 1)));
        var means = Repeat(mean, channels, width, memory.Take(width));
        var partial = memory.Take(2 * width * chunks);
        var total = memory.Take(2 * width);
        Workers.For(chunks, Math.Max(1, Walk.Grain / (width * ChunkRows)), new SumWork(x, dy, wide, width, means, partial));
        ColumnReduction<V, T, Operators.Identity, Reductions.Sum>.Run(partial, 1, chunks, 2 * width, total);

        for (var i = wide * width; i < rows * channels; i++)
        {
            var column = i - (wide * width);
            var centered = x[i] - means[column];
            var w = x == dy ? centered : dy[i];
            total[column] += w;
            total[width + column] += w * centered;
        }

        ColumnReduction<V, T, Operators.Identity, Reductions.Sum>.Run(total, 1, merge, channels, plain);
        ColumnReduction<V, T, Operators.Identity, Reductions.Sum>.Run(total + width, 1, merge, channels, weighted);
    }

    readonly struct SumWork(T* x, T* dy, long rows, long width, T* means, T* partial) : IRangeWork
    {
        [MethodImpl(Jit.Loop)]
        public void Run(long start, long end)
        {
            for (var chunk = start; chunk < end; chunk++)
            {
                var (first, last) = (chunk * ChunkRows, Math.Min((chunk + 1) * ChunkRows, rows));
                var to = partial + (2 * width * chunk);
                for (var i = 0L; i < width; i += V.Count)
                {
                    V plain = T.Zero, weighted = T.Zero;
                    var mean = V.Load(means + i);
                    for (var at = (first * width) + i; at < last * width; at += width)
                    {
                        var centered = V.Load(x + at) - mean;
                        var w = x == dy ? centered : V.Load(dy + at);
                        plain += w;
                        weighted = V.Fma(w, centered, weighted);
                    }

                    plain.Store(to + i);
                    weighted.Store(to + width + i);
                }
            }
        }
    }

    /// <summary>y = (x − mean)·scale + level, or y = (dy + level + (x − mean)·slope)·scale if there is a slope.</summary>
    static void Map(T* x, T* dy, long rows, long channels, T* mean, T* scale, T* level, T* slope, T* y)
    {
        var width = Merge(channels) * channels;
        using var memory = new Scratch(4 * width);
        mean = Repeat(mean, channels, width, memory.Take(width));
        scale = Repeat(scale, channels, width, memory.Take(width));
        level = Repeat(level, channels, width, memory.Take(width));
        if (slope != null) slope = Repeat(slope, channels, width, memory.Take(width));
        var all = rows * channels;
        Workers.For((all + width - 1) / width, Math.Max(1, Walk.Grain / width), new MapWork(x, dy, all, width, mean, scale, level, slope, y));
    }

    readonly struct MapWork(T* x, T* dy, long all, long width, T* mean, T* scale, T* level, T* slope, T* y) : IRangeWork
    {
        [MethodImpl(Jit.Loop)]
        public void Run(long start, long end)
        {
            for (var row = start; row < end; row++)
            {
                var at = row * width;
                var n = Math.Min(width, all - at);
                for (var i = 0L; i < n; i += V.Count)
                {
                    var rest = (int)Math.Min(V.Count, n - i);
                    var from = rest == V.Count ? V.Load(x + at + i) : V.LoadFirst(x + at + i, rest);
                    var centered = from - V.Load(mean + i);
                    V result;
                    if (slope == null) result = V.Fma(centered, V.Load(scale + i), V.Load(level + i));
                    else
                    {
                        var w = rest == V.Count ? V.Load(dy + at + i) : V.LoadFirst(dy + at + i, rest);
                        result = V.Fma(centered, V.Load(slope + i), w + V.Load(level + i)) * V.Load(scale + i);
                    }

                    if (rest == V.Count) result.Store(y + at + i);
                    else result.StoreFirst(y + at + i, rest);
                }
            }
        }
    }

    /// <summary>The row of channels written again and again.</summary>
    static T* Repeat(T* row, long channels, long width, T* to)
    {
        for (var i = 0L; i < width; i += channels) NativeMemory.Copy(row, to + i, (nuint)(channels * sizeof(T)));
        return to;
    }

    /// <summary>Memory for intermediate rows, given back at the end of a block.</summary>
    sealed class Scratch(long count) : IDisposable
    {
        readonly T* memory = (T*)NativeMemory.AlignedAlloc((nuint)((count + (8 * Lanes)) * sizeof(T)), 64);
        long used;

        public T* Take(long n)
        {
            var taken = memory + used;
            used += n;
            return taken;
        }

        public void Dispose() => NativeMemory.AlignedFree(memory);
    }
}
