using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>A 3×3 convolution by a Winograd algorithm: the transforms of a block of tiles, one matrix product for each element of a transformed tile,
/// and the transform back, with the bias and the activation.</summary>
internal static unsafe class WinogradConvolution<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes <paramref name="p"/>; <paramref name="filter"/> comes from <see cref="WinogradFilter{TOps, TVector, T}"/>.</summary>
    public static void Run<TInput, TOutput>(in WinogradProblem<T> p, T* filter)
        where TInput : struct, IWinogradMap
        where TOutput : struct, IWinogradMap
    {
        var points = TInput.To * TInput.To;
        var tiles = WinogradTiles.Of(p.Batch, p.TargetHeight, p.TargetWidth, TOutput.To, (long)points * (p.SourceChannels + p.TargetChannels) * sizeof(T));
        fixed (WinogradProblem<T>* problem = &p)
            Workers.For(tiles.Blocks, 1, new Work<TInput, TOutput>(problem, filter, tiles));
    }

    readonly struct Work<TInput, TOutput>(WinogradProblem<T>* problem, T* filter, WinogradTiles tiles) : IRangeWork
        where TInput : struct, IWinogradMap
        where TOutput : struct, IWinogradMap
    {
        public void Run(long start, long end)
        {
            var p = *problem;
            int size = TInput.To, points = size * size;
            nint sourcePlane = (nint)tiles.BlockTiles * p.SourceChannels + 16, targetPlane = (nint)tiles.BlockTiles * p.TargetChannels + 16;
            var transformed = ScratchMemory.Get<T>(Scratch.PackedA, points * sourcePlane);
            var products = ScratchMemory.Get<T>(Scratch.PackedB, points * targetPlane);
            var room = ScratchMemory.Get<T>(Scratch.Image, Math.Max(points * p.SourceChannels, TOutput.To * TOutput.To * p.TargetChannels));
            for (var block = start; block < end; block++)
            {
                var first = block * tiles.BlockTiles;
                var count = (int)Math.Min(tiles.BlockTiles, tiles.Count - first);
                for (var t = 0; t < count; t++)
                {
                    var (image, y, x) = tiles.At(first + t);
                    var patch = WinogradTransform<TOps, TVector, T>.Patch(p.Source + image * p.SourceHeight * p.SourceWidth * p.SourceChannels,
                        p.SourceHeight, p.SourceWidth, p.SourceChannels, y - p.Top, x - p.Left, size, room, out var pitch);
                    WinogradTransform<TOps, TVector, T>.Apply<TInput>(patch, pitch, p.SourceChannels, p.SourceChannels,
                        transformed + (nint)t * p.SourceChannels, size * sourcePlane, sourcePlane);
                }

                Multiply(p, transformed, sourcePlane, products, targetPlane, count, points);
                for (var t = 0; t < count; t++)
                {
                    var (image, y, x) = tiles.At(first + t);
                    WinogradTransform<TOps, TVector, T>.Apply<TOutput>(products + (nint)t * p.TargetChannels, size * targetPlane, targetPlane, p.TargetChannels,
                        room, TOutput.To * p.TargetChannels, p.TargetChannels);
                    Finish(p, room, TOutput.To, image, y, x);
                }
            }
        }

        void Multiply(in WinogradProblem<T> p, T* transformed, nint sourcePlane, T* products, nint targetPlane, int count, int points)
        {
            var w = TOps.Width;
            nint zero = 0;
            var tile = new Tile<T>
            {
                AStride = p.SourceChannels,
                AOffsets = &zero,
                BOffsets = &zero,
                Segments = 1,
                Steps = p.SourceChannels,
                CStride = p.TargetChannels,
            };
            var heights = (count + TOps.TileRows - 1) / TOps.TileRows;
            for (var point = 0; point < points; point++)
                for (var column = 0; column < p.TargetChannels; column += 2 * w)
                {
                    tile.Columns = Math.Min(2 * w, p.TargetChannels - column);
                    tile.BStride = tile.Columns;
                    tile.B = filter + point * WinogradFilter<TOps, TVector, T>.PlaneSize(p.SourceChannels, p.TargetChannels) + (nint)column * p.SourceChannels;
                    for (var h = 0; h < heights; h++)
                    {
                        var row = count * h / heights;
                        tile.A = transformed + point * sourcePlane + (nint)row * p.SourceChannels;
                        tile.C = products + point * targetPlane + (nint)row * p.TargetChannels + column;
                        MicroKernels<TOps, TVector, T>.Get(count * (h + 1) / heights - row, tile.Columns / w, byRows: true)(&tile);
                    }
                }
        }

        /// <summary>Brings a tile of outputs to its place, as far as it lies within the target.</summary>
        [MethodImpl(Jit.Loop)]
        static void Finish(in WinogradProblem<T> p, T* values, int extent, long image, int y, int x)
        {
            int w = TOps.Width, channels = p.TargetChannels;
            int rows = Math.Min(extent, p.TargetHeight - y), columns = Math.Min(extent, p.TargetWidth - x);
            var bias = p.Bias;
            var relu = p.Relu;
            for (var row = 0; row < rows; row++)
            {
                var source = values + (nint)row * extent * channels;
                var target = p.Target + ((image * p.TargetHeight + y + row) * p.TargetWidth + x) * channels;
                for (var column = 0; column < columns; column++)
                    for (var c = 0; c < channels; c += w, source += w, target += w)
                    {
                        var value = TOps.Load(source);
                        if (bias != null) value = TOps.Add(value, TOps.Load(bias + c));
                        if (relu) value = TOps.Relu(value);
                        TOps.Store(target, value);
                    }
            }
        }
    }
}
