using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>Convolution as a matrix product whose left factor, the patches, is never made: the micro-kernel walks the runs of contiguous input
/// that a row of adjacent output pixels sees, with a constant stride from pixel to pixel.</summary>
internal static unsafe class TapConvolution<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    const long BandBytes = 160 * 1024; // with a block of a panel of the filter this stays in the second-level cache
    const int BlockBytes = 3072; // of a column of the filter: 768 floats, 96 KB of a panel

    /// <summary>Computes every position of <paramref name="p"/>; <paramref name="packed"/> comes from <see cref="FilterPanels{TOps, TVector, T}"/>.</summary>
    public static void Run(in TapProblem<T> p, T* packed)
    {
        if (p.Z.Positions == 0 || p.Y.Positions == 0 || p.X.Positions == 0) return;
        var rows = SourceBand<T>.Rows(p.SourceChannels, p.Z, p.Y, p.X, BandBytes);
        var threads = (int)Math.Min(Workers.Threads, Math.Max(1, p.MultiplyAdds / 200_000));
        while (rows > 1 && p.Batch * p.Z.Positions * ((p.Y.Positions + rows - 1) / rows) % threads != 0
            && p.Batch * p.Z.Positions * ((p.Y.Positions + rows - 1) / rows) < 4 * threads) rows = (rows + 1) / 2;
        var bands = (p.Y.Positions + rows - 1) / rows;
        var items = p.Batch * p.Z.Positions * bands;
        fixed (TapProblem<T>* problem = &p)
        {
            var work = new Work(problem, packed, bands);
            if (threads == 1) work.Run(0, items);
            else Workers.For(items, (items + threads - 1) / threads, work);
        }
    }

    readonly struct Work(TapProblem<T>* problem, T* packed, int bands) : IRangeWork
    {
        [SkipLocalsInit]
        public void Run(long start, long end)
        {
            var p = *problem;
            var segments = p.Segments;
            var offsets = ScratchMemory.Get<nint>(Scratch.Offsets, 3 * segments);
            nint* sourceOffsets = offsets, wideOffsets = offsets + segments, narrowOffsets = offsets + 2 * segments;
            for (var s = 0; s < segments; s++)
            {
                wideOffsets[s] = (nint)s * p.StepsOfSegment * 2 * TOps.Width;
                narrowOffsets[s] = wideOffsets[s] / 2;
            }

            var scratch = stackalloc byte[12 * 2 * 64 + 64];
            var tile = new Tile<T>
            {
                AStride = (nint)p.X.SourceStride * p.SourceChannels,
                AOffsets = sourceOffsets,
                Segments = segments,
                CStride = (nint)p.X.TargetStep * p.TargetChannels,
                Scratch = (T*)((nuint)(scratch + 63) & ~(nuint)63),
            };
            var imageSize = p.SourceSize.Size * p.SourceChannels;
            var room = ScratchMemory.Get<T>(Scratch.Image, SourceBand<T>.Size(p.SourceChannels, p.Z, p.Y, p.X, (p.Y.Positions + bands - 1) / bands));
            for (var item = start; item < end; item++)
            {
                var (rest, part) = Math.DivRem(item, bands);
                var (image, z) = Math.DivRem(rest, p.Z.Positions);
                var y = (int)((long)p.Y.Positions * part / bands);
                var rows = (int)((long)p.Y.Positions * (part + 1) / bands) - y;
                var band = SourceBand<T>.Of(p.Source + image * imageSize, p.SourceSize, p.SourceChannels, p.Z, p.Y, p.X, (int)z, y, rows, room);
                SetOffsets(p, band, sourceOffsets);
                var target = p.Target
                    + (((image * p.TargetSize.Depth + p.Z.TargetStart + z * p.Z.TargetStep) * p.TargetSize.Height + p.Y.TargetStart + (long)y * p.Y.TargetStep)
                        * p.TargetSize.Width + p.X.TargetStart) * p.TargetChannels;
                for (var group = 0; group < p.Groups; group++)
                    for (var column = 0; column < p.TargetPerGroup; column += 2 * TOps.Width)
                    {
                        tile.Columns = Math.Min(2 * TOps.Width, p.TargetPerGroup - column);
                        var wide = tile.Columns > TOps.Width;
                        tile.BStride = wide ? 2 * TOps.Width : TOps.Width;
                        tile.B = packed + group * FilterPanels<TOps, TVector, T>.GroupSize(p) + p.Steps * column;
                        tile.Bias = p.Bias == null ? null : p.Bias + group * p.TargetPerGroup + column;
                        Panel(p, band, y, rows, band.Origin + group * p.SourcePerGroup, target + group * p.TargetPerGroup + column,
                            sourceOffsets, wide ? wideOffsets : narrowOffsets, &tile);
                    }
            }
        }

        static void SetOffsets(in TapProblem<T> p, in SourceBand<T> band, nint* offsets)
        {
            var runs = p.RowIsOneRun ? Math.Min(1, p.X.Taps) : p.X.Taps;
            for (var z = 0; z < p.Z.Taps; z++)
                for (var y = 0; y < p.Y.Taps; y++)
                    for (var x = 0; x < runs; x++)
                        *offsets++ = z * band.PlanePitch + y * p.Y.OffsetStep * band.RowPitch + (nint)x * p.X.OffsetStep * p.SourceChannels;
        }

        /// <summary>All pixels of a band for one panel of target channels, a block of the reduction after another.</summary>
        static void Panel(in TapProblem<T> p, in SourceBand<T> band, int y, int rows, T* source, T* target, nint* sourceOffsets, nint* panelOffsets, Tile<T>* tile)
        {
            int steps = p.StepsOfSegment, segments = p.Segments, limit = BlockBytes / sizeof(T);
            var segmentsOfBlock = Math.Max(1, Math.Min(segments, limit / Math.Max(1, steps)));
            var pieces = segmentsOfBlock == 1 ? Math.Max(1, (steps + limit - 1) / limit) : 1; // of a segment that is longer than a block
            var panel = tile->B;
            var bias = tile->Bias;
            var first = 0;
            do
            {
                for (var piece = 0; piece < pieces; piece++)
                {
                    var step = (int)((long)steps * piece / pieces);
                    var last = first + segmentsOfBlock >= segments && piece == pieces - 1;
                    tile->Steps = (int)((long)steps * (piece + 1) / pieces) - step;
                    tile->B = panel + step * tile->BStride;
                    tile->Accumulate = first > 0 || piece > 0;
                    tile->Bias = last ? bias : null;
                    tile->Relu = last && p.Relu;
                    Block(p, band, y, rows, source + step, target, sourceOffsets, panelOffsets, first, Math.Min(segments, first + segmentsOfBlock), tile);
                }

                first += segmentsOfBlock;
            }
            while (first < segments);
        }

        static void Block(in TapProblem<T> p, in SourceBand<T> band, int y, int rows, T* source, T* target, nint* sourceOffsets, nint* panelOffsets,
            int first, int last, Tile<T>* tile)
        {
            var vectors = tile->Columns > TOps.Width ? 2 : 1;
            var tiles = (p.X.Positions + TOps.TileRows - 1) / TOps.TileRows;
            for (var row = 0; row < rows; row++)
            {
                var (from, to) = (first, last);
                if (p.Z.Taps == 1 && p.Y.Taps > 1) // leave out taps above and below the source
                {
                    var runs = p.Segments / p.Y.Taps;
                    var top = (y + row) * p.Y.SourceStride + p.Y.FirstOffset;
                    from = Math.Max(from, Math.Max(0, (p.Y.OffsetStep - 1 - top) / p.Y.OffsetStep) * runs);
                    to = Math.Min(to, (p.SourceSize.Height - 1 - top + p.Y.OffsetStep) / p.Y.OffsetStep * runs);
                }

                tile->Segments = to - from;
                tile->AOffsets = sourceOffsets + from;
                tile->BOffsets = panelOffsets + from;
                for (var t = 0; t < tiles; t++)
                {
                    var column = (int)((long)p.X.Positions * t / tiles);
                    var height = (int)((long)p.X.Positions * (t + 1) / tiles) - column;
                    tile->A = source + column * tile->AStride;
                    tile->C = target + column * tile->CStride;
                    MicroKernels<TOps, TVector, T>.Get(height, vectors, byRows: true)(tile);
                }

                source += p.Y.SourceStride * band.RowPitch;
                target += (nint)p.Y.TargetStep * p.TargetSize.Width * p.TargetChannels;
            }
        }
    }
}
