using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The gradient of a 3×3 convolution with respect to its filter in the space of a Winograd algorithm's products:
/// dg = Gᵀ[Σ (Bᵀ·d·B) ⊙ (A·dy·Aᵀ)]G over the tiles, for each element of a transformed tile a matrix product whose reduction runs over the tiles.</summary>
/// <remarks>The blocks are summed in a number of chunks that depends on the shapes alone, and the chunks in order: the same bits for any number of threads.</remarks>
internal static unsafe class WinogradFilterGradient<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const long PartialBytes = 8 << 20;
    const int MaxChunks = 8;

    /// <summary>Computes the gradient; <paramref name="p"/> is the forward problem with dy as its target.</summary>
    public static void Run<TInput, TOutputBack, TFilterBack>(in WinogradProblem<T> p, T* filterGradient)
        where TInput : struct, IWinogradMap
        where TOutputBack : struct, IWinogradMap
        where TFilterBack : struct, IWinogradMap
    {
        var points = TInput.To * TInput.To;
        var tiles = WinogradTiles.Of(p.Batch, p.TargetHeight, p.TargetWidth, TOutputBack.From, (long)points * (p.SourceChannels + p.TargetChannels) * sizeof(T));
        var plane = (long)p.SourceChannels * p.TargetChannels + 16;
        var chunks = Math.Clamp(PartialBytes / (points * plane * sizeof(T)), 1, Math.Min(MaxChunks, tiles.Blocks));
        var partial = ScratchMemory.Get<T>(Scratch.Partial, chunks * points * plane);
        fixed (WinogradProblem<T>* problem = &p)
        {
            Workers.For(chunks, 1, new Sums<TInput, TOutputBack>(problem, tiles, partial, plane, chunks));
            Workers.For(p.SourceChannels, 1, new Totals<TFilterBack>(problem, partial, plane, chunks, points, filterGradient));
        }
    }

    readonly struct Sums<TInput, TOutputBack>(WinogradProblem<T>* problem, WinogradTiles tiles, T* partial, long plane, long chunks) : IRangeWork
        where TInput : struct, IWinogradMap
        where TOutputBack : struct, IWinogradMap
    {
        public void Run(long start, long end)
        {
            var p = *problem;
            int size = TInput.To, points = size * size, outputs = TOutputBack.From;
            nint sourcePlane = (nint)tiles.BlockTiles * p.SourceChannels + 16, targetPlane = (nint)tiles.BlockTiles * p.TargetChannels + 16;
            var sources = ScratchMemory.Get<T>(Scratch.PackedA, points * sourcePlane);
            var targets = ScratchMemory.Get<T>(Scratch.PackedB, points * targetPlane);
            var room = ScratchMemory.Get<T>(Scratch.Image, points * Math.Max(p.SourceChannels, p.TargetChannels));
            for (var chunk = start; chunk < end; chunk++)
            {
                long from = tiles.Blocks * chunk / chunks, to = tiles.Blocks * (chunk + 1) / chunks;
                for (var block = from; block < to; block++)
                {
                    var first = block * tiles.BlockTiles;
                    var count = (int)Math.Min(tiles.BlockTiles, tiles.Count - first);
                    for (var t = 0; t < count; t++)
                    {
                        var (image, y, x) = tiles.At(first + t);
                        var patch = WinogradTransform<TOps, TVector, T>.Patch(p.Source + image * p.SourceHeight * p.SourceWidth * p.SourceChannels,
                            p.SourceHeight, p.SourceWidth, p.SourceChannels, y - p.Top, x - p.Left, size, room, out var pitch);
                        WinogradTransform<TOps, TVector, T>.Apply<TInput>(patch, pitch, p.SourceChannels, p.SourceChannels,
                            sources + (nint)t * p.SourceChannels, size * sourcePlane, sourcePlane);
                        patch = WinogradTransform<TOps, TVector, T>.Patch(p.Target + image * p.TargetHeight * p.TargetWidth * p.TargetChannels,
                            p.TargetHeight, p.TargetWidth, p.TargetChannels, y, x, outputs, room, out pitch);
                        WinogradTransform<TOps, TVector, T>.Apply<TOutputBack>(patch, pitch, p.TargetChannels, p.TargetChannels,
                            targets + (nint)t * p.TargetChannels, size * targetPlane, targetPlane);
                    }

                    Multiply(p, sources, sourcePlane, targets, targetPlane, count, points, block > from, partial + chunk * points * plane);
                }
            }
        }

        void Multiply(in WinogradProblem<T> p, T* sources, nint sourcePlane, T* targets, nint targetPlane, int count, int points, bool accumulate, T* sum)
        {
            var w = TOps.Width;
            nint zero = 0;
            var tile = new Tile<T>
            {
                AStride = p.SourceChannels,
                AOffsets = &zero,
                BStride = p.TargetChannels,
                BOffsets = &zero,
                Segments = 1,
                Steps = count,
                CStride = p.TargetChannels,
                Accumulate = accumulate,
            };
            var heights = (p.SourceChannels + TOps.TileRows - 1) / TOps.TileRows;
            for (var point = 0; point < points; point++)
                for (var h = 0; h < heights; h++)
                {
                    var row = p.SourceChannels * h / heights;
                    tile.A = sources + point * sourcePlane + row;
                    for (var column = 0; column < p.TargetChannels; column += 2 * w)
                    {
                        tile.Columns = Math.Min(2 * w, p.TargetChannels - column);
                        tile.B = targets + point * targetPlane + column;
                        tile.C = sum + point * plane + (nint)row * p.TargetChannels + column;
                        MicroKernels<TOps, TVector, T>.Get(p.SourceChannels * (h + 1) / heights - row, tile.Columns / w, byRows: false)(&tile);
                    }
                }
        }
    }

    /// <summary>Adds up the chunks and transforms back, for a range of source channels.</summary>
    readonly struct Totals<TFilterBack>(WinogradProblem<T>* problem, T* partial, long plane, long chunks, int points, T* filterGradient) : IRangeWork
        where TFilterBack : struct, IWinogradMap
    {
        [MethodImpl(Jit.Loop)]
        public void Run(long start, long end)
        {
            int channels = problem->TargetChannels, w = TOps.Width;
            for (var i = start; i < end; i++)
            {
                for (var point = 0; point < points; point++)
                {
                    var sum = partial + point * plane + i * channels;
                    for (long chunk = 1; chunk < chunks; chunk++)
                    {
                        var other = sum + chunk * points * plane;
                        for (var c = 0; c < channels; c += w) TOps.Store(sum + c, TOps.Add(TOps.Load(sum + c), TOps.Load(other + c)));
                    }
                }

                var tap = (nint)problem->SourceChannels * channels;
                WinogradTransform<TOps, TVector, T>.Apply<TFilterBack>(partial + i * channels, TFilterBack.From * (nint)plane, (nint)plane, channels,
                    filterGradient + i * channels, 3 * tap, tap);
            }
        }
    }
}
