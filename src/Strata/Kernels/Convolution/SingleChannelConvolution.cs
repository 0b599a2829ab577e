using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The convolution of gray images to a few channels (the first layer of LeNet-5): pixels lie side by side, so a vector holds pixels instead of channels.
/// The micro-kernel multiplies the transposed filter with rows of the image that step by one pixel, and its result is transposed.</summary>
internal static unsafe class SingleChannelConvolution<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const long BandBytes = 64 * 1024;

    public static bool Suits(in TapProblem<T> p) =>
        p.SourceChannels == 1 && p.TargetChannels < TOps.Width && p.X is { SourceStride: 1, OffsetStep: 1, TargetStep: 1 } && p.X.Positions >= TOps.Width;

    /// <summary><paramref name="filter"/> is [taps, out].</summary>
    public static void Run(in TapProblem<T> p, T* filter)
    {
        var rows = SourceBand<T>.Rows(1, p.Z, p.Y, p.X, BandBytes);
        var bands = (p.Y.Positions + rows - 1) / rows;
        var items = p.Batch * p.Z.Positions * bands;
        fixed (TapProblem<T>* problem = &p)
            Workers.For(items, (long)Math.Max(1, 50_000 * items / Math.Max(1, p.MultiplyAdds)), new Work(problem, filter, bands));
    }

    readonly struct Work(TapProblem<T>* problem, T* filter, int bands) : IRangeWork
    {
        [SkipLocalsInit]
        public void Run(long start, long end)
        {
            var p = *problem;
            int w = TOps.Width, channels = p.TargetChannels, segments = p.Z.Taps * p.Y.Taps;
            var width = (p.X.Positions + 2 * w - 1) / (2 * w) * 2 * w;
            var room = ScratchMemory.Get<T>(Scratch.Image, SourceBand<T>.Size(1, p.Z, p.Y, p.X, (p.Y.Positions + bands - 1) / bands) + 2 * w);
            var result = ScratchMemory.Get<T>(Scratch.Partial, (long)channels * width);
            var offsets = ScratchMemory.Get<nint>(Scratch.Offsets, 2 * segments);
            for (var s = 0; s < segments; s++) offsets[s] = (nint)s * p.X.Taps * channels;
            var scratch = stackalloc byte[12 * 2 * 64 + 64];
            var tile = new Tile<T>
            {
                AStride = channels,
                AOffsets = offsets,
                BStride = 1,
                BOffsets = offsets + segments,
                Segments = segments,
                Steps = p.X.Taps,
                CStride = width,
                Columns = 2 * w,
                Scratch = (T*)((nuint)(scratch + 63) & ~(nuint)63),
            };
            for (var item = start; item < end; item++)
            {
                var (rest, part) = Math.DivRem(item, bands);
                var (image, z) = Math.DivRem(rest, p.Z.Positions);
                var y = (int)((long)p.Y.Positions * part / bands);
                var rows = (int)((long)p.Y.Positions * (part + 1) / bands) - y;
                var band = SourceBand<T>.Of(p.Source + image * p.SourceSize.Size, p.SourceSize, 1, p.Z, p.Y, p.X, (int)z, y, rows, room, copy: true);
                for (var s = 0; s < segments; s++)
                    offsets[segments + s] = s / p.Y.Taps * band.PlanePitch + s % p.Y.Taps * p.Y.OffsetStep * band.RowPitch;
                var target = p.Target + (((image * p.TargetSize.Depth + z) * p.TargetSize.Height + y) * p.TargetSize.Width) * channels;
                for (var row = 0; row < rows; row++, target += (nint)p.TargetSize.Width * channels)
                {
                    Row(p, band.Origin + row * p.Y.SourceStride * band.RowPitch, result, width, &tile);
                    if (p.Bias != null || p.Relu) Finish(p, result, width);
                    Packing.Transpose(result, width, channels, p.X.Positions, target, channels);
                }
            }
        }

        /// <summary>A row of pixels of all channels to <paramref name="result"/> [channels, width].</summary>
        void Row(in TapProblem<T> p, T* source, T* result, int width, Tile<T>* tile)
        {
            var tiles = (p.TargetChannels + TOps.TileRows - 1) / TOps.TileRows;
            for (var x = 0; x < p.X.Positions; x += 2 * TOps.Width)
                for (var t = 0; t < tiles; t++)
                {
                    var channel = p.TargetChannels * t / tiles;
                    tile->A = filter + channel;
                    tile->B = source + x;
                    tile->C = result + (nint)channel * width + x;
                    MicroKernels<TOps, TVector, T>.Get(p.TargetChannels * (t + 1) / tiles - channel, 2, byRows: false)(tile);
                }
        }

        /// <summary>Bias and activation while the row lies channel by channel.</summary>
        static void Finish(in TapProblem<T> p, T* result, int width)
        {
            for (var c = 0; c < p.TargetChannels; c++, result += width)
            {
                var bias = TOps.Broadcast(p.Bias == null ? T.Zero : p.Bias[c]);
                for (var x = 0; x < width; x += TOps.Width)
                {
                    var value = TOps.Add(TOps.Load(result + x), bias);
                    TOps.Store(result + x, p.Relu ? TOps.Relu(value) : value);
                }
            }
        }
    }
}
