using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The gradient of a convolution with respect to its filter: df[t, i, c] = Σ_o x[o·stride + t·dilation − low, i] · dy[o, c], for each tap row a
/// matrix product whose reduction runs over the pixels.</summary>
/// <remarks>The images are summed in a number of chunks that depends on the shapes alone, each into a filter of its own, and the chunks in order:
/// the same bits for any number of threads.</remarks>
internal static unsafe class FilterGradient<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const long BandBytes = 96 * 1024;
    const long PartialBytes = 4 << 20; // what the chunks' filters may take together
    const int MaxChunks = 16;

    public static void Run(in ConvolutionGeometry g, T* x, T* dy, T* filterGradient)
    {
        var filterSize = g.Kernel.Size * g.InPerGroup * g.OutChannels;
        var plan = new Plan(g);
        var chunks = Math.Clamp(PartialBytes / (filterSize * sizeof(T)), 1, Math.Min(MaxChunks, Math.Max(1, plan.Bands)));
        var partial = chunks == 1 ? filterGradient : ScratchMemory.Get<T>(Scratch.Partial, chunks * filterSize);
        var tapRows = (long)g.Kernel.Depth * g.Kernel.Height; // a second way to cut the work, where one filter is too large for many copies
        var parts = chunks >= Workers.Threads || g.IsDepthwise ? 1 : Math.Min(tapRows, (Workers.Threads + chunks - 1) / chunks);
        var work = new Work(g, plan, x, dy, partial, filterSize, chunks, parts);
        if (g.MultiplyAdds < 400_000) work.Run(0, chunks * parts);
        else Workers.For(chunks * parts, 1, work);
        if (chunks > 1) Workers.For(filterSize, 16_384, new Total(partial, filterSize, chunks, filterGradient));
    }

    /// <summary>How the output is cut into bands; depends on the shapes alone.</summary>
    readonly struct Plan
    {
        public readonly AxisTaps Z, Y, X;
        public readonly int BandsOfPlane;
        public readonly long Bands;

        public Plan(in ConvolutionGeometry g)
        {
            Z = AxisTaps.Forward(g.Output.Depth, g.Kernel.Depth, g.Stride.Depth, g.Dilation.Depth, g.Low.Depth);
            Y = AxisTaps.Forward(g.Output.Height, g.Kernel.Height, g.Stride.Height, g.Dilation.Height, g.Low.Height);
            X = AxisTaps.Forward(g.Output.Width, g.Kernel.Width, g.Stride.Width, g.Dilation.Width, g.Low.Width);
            var rows = SourceBand<T>.Rows(g.InChannels, Z, Y, X, BandBytes);
            BandsOfPlane = Math.Max(1, (Y.Positions + rows - 1) / rows);
            Bands = g.Output.Size == 0 ? 0 : g.Batch * Z.Positions * BandsOfPlane;
        }
    }

    readonly struct Total(T* partial, long size, long chunks, T* sum) : IRangeWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i += TOps.Width)
            {
                var count = (int)Math.Min(TOps.Width, end - i);
                var total = TOps.LoadPart(partial + i, count);
                for (long chunk = 1; chunk < chunks; chunk++) total = TOps.Add(total, TOps.LoadPart(partial + chunk * size + i, count));
                TOps.StorePart(sum + i, total, count);
            }
        }
    }

    readonly struct Work(ConvolutionGeometry g, Plan plan, T* x, T* dy, T* partial, long filterSize, long chunks, long parts) : IRangeWork
    {
        [SkipLocalsInit]
        public void Run(long start, long end)
        {
            var scratch = stackalloc byte[12 * 2 * 64 + 64];
            var aligned = (T*)((nuint)(scratch + 63) & ~(nuint)63);
            for (var item = start; item < end; item++)
            {
                var (chunk, part) = Math.DivRem(item, parts);
                long first = plan.Bands * chunk / chunks, last = plan.Bands * (chunk + 1) / chunks;
                var filter = partial + chunk * filterSize;
                if (first == last && part == 0) new Span<byte>(filter, checked((int)(filterSize * sizeof(T)))).Clear();
                for (var band = first; band < last; band++) Band(band, band > first, part, filter, aligned);
            }
        }

        void Band(long index, bool accumulate, long part, T* filter, T* scratch)
        {
            var (rest, b) = Math.DivRem(index, plan.BandsOfPlane);
            var (image, z) = Math.DivRem(rest, plan.Z.Positions);
            var y = (int)((long)plan.Y.Positions * b / plan.BandsOfPlane);
            var rows = (int)((long)plan.Y.Positions * (b + 1) / plan.BandsOfPlane) - y;
            var band = SourceBand<T>.Of(x + image * g.Input.Size * g.InChannels, g.Input, g.InChannels, plan.Z, plan.Y, plan.X, (int)z, y, rows);
            var gradient = dy + ((image * g.Output.Depth + z) * g.Output.Height + y) * g.Output.Width * g.OutChannels;
            if (g.IsDepthwise)
            {
                DepthwiseFilterGradient<TOps, TVector, T>.Band(g, band, rows, gradient, filter, accumulate);
                return;
            }

            var offsets = ScratchMemory.Get<nint>(Scratch.Offsets, 2 * rows);
            for (var row = 0; row < rows; row++) offsets[row] = row * plan.Y.SourceStride * band.RowPitch;
            var tile = new Tile<T>
            {
                AStride = (nint)plan.X.SourceStride * g.InChannels,
                AOffsets = offsets,
                BOffsets = offsets + rows,
                Segments = rows,
                Steps = g.Output.Width,
                CStride = g.OutChannels,
                Accumulate = accumulate,
                Scratch = scratch,
            };
            for (var group = 0; group < g.Groups; group++)
                for (var column = 0; column < g.OutPerGroup; column += 2 * TOps.Width)
                {
                    var at = group * g.OutPerGroup + column;
                    tile.Columns = Math.Min(2 * TOps.Width, g.OutPerGroup - column);
                    PlaceGradient(gradient + at, rows, &tile);
                    Taps(band.Origin + group * g.InPerGroup, band, part, filter + at, &tile);
                }
        }

        /// <summary>Points the tile at dy, or where its columns are not whole vectors at a packed copy.</summary>
        void PlaceGradient(T* gradient, int rows, Tile<T>* tile)
        {
            var width = FilterPanels<TOps, TVector, T>.PanelWidth(tile->Columns);
            tile->B = gradient;
            tile->BStride = g.OutChannels;
            if (tile->Columns != width)
            {
                tile->B = ScratchMemory.Get<T>(Scratch.PackedB, (long)rows * g.Output.Width * width);
                tile->BStride = width;
                Packing.Panel<TOps, TVector, T>(gradient, g.OutChannels, (long)rows * g.Output.Width, tile->Columns, width, tile->B);
            }

            for (var row = 0; row < rows; row++) tile->BOffsets[row] = (nint)row * g.Output.Width * tile->BStride;
        }

        void Taps(T* source, in SourceBand<T> band, long part, T* filter, Tile<T>* tile)
        {
            var vectors = tile->Columns > TOps.Width ? 2 : 1;
            var oneRun = g.Groups == 1 && (g.Dilation.Width == 1 || g.Kernel.Width == 1);
            var runs = oneRun ? 1 : g.Kernel.Width;
            var run = oneRun ? g.Kernel.Width * g.InChannels : g.InPerGroup; // rows of the product: adjacent inputs
            long tapRows = (long)g.Kernel.Depth * g.Kernel.Height, end = tapRows * (part + 1) / parts;
            var tiles = (run + TOps.TileRows - 1) / TOps.TileRows;
            for (var tapRow = tapRows * part / parts; tapRow < end; tapRow++)
            {
                var (z, y) = Math.DivRem(tapRow, g.Kernel.Height);
                var a = source + (nint)z * band.PlanePitch + (nint)y * plan.Y.OffsetStep * band.RowPitch;
                for (var r = 0; r < runs; r++)
                {
                    var from = a + (nint)r * g.Dilation.Width * g.InChannels;
                    var to = filter + (tapRow * runs + r) * run * g.OutChannels;
                    for (var t = 0; t < tiles; t++)
                    {
                        var row = run * t / tiles;
                        tile->A = from + row;
                        tile->C = to + (long)row * g.OutChannels;
                        MicroKernels<TOps, TVector, T>.Get(run * (t + 1) / tiles - row, vectors, byRows: false)(tile);
                    }
                }
            }
        }
    }
}
