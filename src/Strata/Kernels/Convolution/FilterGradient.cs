using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The gradient of a convolution with respect to its filter: df[t, i, c] = Σ_o x[o·stride + t·dilation − low, i] · dy[o, c], for each row of taps
/// a matrix product whose reduction runs over the pixels.</summary>
/// <remarks>The bands are summed in a number of chunks that depends on the shapes alone, each into a filter of its own, and the chunks in order:
/// the same bits for any number of threads.</remarks>
internal static unsafe class FilterGradient<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(in ConvolutionGeometry g, T* x, T* dy, T* filterGradient)
    {
        var plan = FilterGradientPlan.Of<T>(g);
        var partial = plan.Chunks == 1 ? filterGradient : ScratchMemory.Get<T>(Scratch.Partial, plan.Chunks * plan.Size);
        var tapRows = (long)g.Kernel.Depth * g.Kernel.Height; // a second way to cut the work, where one filter is too large for many copies
        var parts = plan.Chunks >= Workers.Threads || g.IsDepthwise ? 1 : Math.Min(tapRows, (Workers.Threads + plan.Chunks - 1) / plan.Chunks);
        var work = new Work(g, plan, x, dy, partial, parts);
        if (g.MultiplyAdds < 400_000) work.Run(0, plan.Chunks * parts);
        else Workers.For(plan.Chunks * parts, 1, work);
        if (plan.Chunks > 1) Workers.For(plan.Size, 16_384, new Total(partial, plan.Size, plan.Chunks, filterGradient));
    }

    readonly struct Total(T* partial, long size, long chunks, T* sum) : IRangeWork
    {
        [MethodImpl(Jit.Loop)]
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

    readonly struct Work(ConvolutionGeometry g, FilterGradientPlan plan, T* x, T* dy, T* partial, long parts) : IRangeWork
    {
        [SkipLocalsInit]
        public void Run(long start, long end)
        {
            var scratch = stackalloc byte[12 * 2 * 64 + 64];
            var aligned = (T*)((nuint)(scratch + 63) & ~(nuint)63);
            for (var item = start; item < end; item++)
            {
                var (chunk, part) = Math.DivRem(item, parts);
                long first = plan.Bands * chunk / plan.Chunks, last = plan.Bands * (chunk + 1) / plan.Chunks;
                var filter = partial + chunk * plan.Size;
                if (SingleChannelFilterGradient<TOps, TVector, T>.Suits(g))
                {
                    if (part == 0) SingleChannelFilterGradient<TOps, TVector, T>.Run(g, plan, first, last, x, dy, filter);
                    continue;
                }

                if (first == last && part == 0) new Span<byte>(filter, checked((int)(plan.Size * sizeof(T)))).Clear();
                for (var band = first; band < last; band++) Band(band, band > first, part, filter, aligned);
            }
        }

        void Band(long index, bool accumulate, long part, T* filter, T* scratch)
        {
            var (rest, b) = Math.DivRem(index, plan.BandsOfPlane);
            var (group, z) = Math.DivRem(rest, g.Output.Depth);
            long image = group * plan.Images;
            var images = (int)Math.Min(plan.Images, g.Batch - image);
            var y = (int)((long)g.Output.Height * b / plan.BandsOfPlane);
            var rows = (int)((long)g.Output.Height * (b + 1) / plan.BandsOfPlane) - y;
            var room = ScratchMemory.Get<T>(Scratch.Image, plan.Room * plan.Images);
            var segments = images * rows;
            var offsets = ScratchMemory.Get<nint>(Scratch.Offsets, 3 * segments + 1);
            T* origin = null;
            SourceBand<T> band = default;
            for (var i = 0; i < images; i++)
            {
                band = SourceBand<T>.Of(x + (image + i) * g.Input.Size * g.InChannels, g.Input, g.InChannels, plan.Z, plan.Y, plan.X, (int)z, y, rows,
                    room + i * plan.Room);
                if (i == 0) origin = band.Origin;
                for (var row = 0; row < rows; row++) offsets[i * rows + row] = (nint)(band.Origin - origin) + row * g.Stride.Height * band.RowPitch;
            }

            var gradient = dy + ((image * g.Output.Depth + z) * g.Output.Height + y) * g.Output.Width * g.OutChannels;
            if (g.IsDepthwise)
            {
                DepthwiseFilterGradient<TOps, TVector, T>.Band(g, band, rows, gradient, filter, accumulate);
                return;
            }

            var product = new Product(g, band, offsets, segments);
            var panels = product.PlaceGradient(gradient);
            var tile = new Tile<T> { CStride = g.OutChannels, Accumulate = accumulate, Scratch = scratch };
            for (var i = 0; i < g.Groups; i++)
                product.Run(origin + i * g.InPerGroup, panels + i * product.GroupStride, part, parts, filter + i * g.OutPerGroup, &tile);
        }
    }

    /// <summary>The products of one band: for each row of taps its inputs × pixels times pixels × outputs.</summary>
    struct Product(ConvolutionGeometry g, SourceBand<T> band, nint* sourceOffsets, int segments)
    {
        const int RepaysPacking = 128; // rows of all products together, above which a copy of dy costs little

        readonly nint* wideOffsets = sourceOffsets + segments;
        readonly nint* narrowOffsets = sourceOffsets + 2 * segments;
        readonly long pixels = (long)segments * g.Output.Width;
        bool packed;

        /// <summary>Elements from the dy of one group to the next.</summary>
        public long GroupStride { get; private set; }

        /// <summary>dy [pixels, out] of the band, packed where its panels are not whole vectors or the copy costs little.</summary>
        public T* PlaceGradient(T* dy)
        {
            var w = TOps.Width;
            packed = g.OutPerGroup % w != 0 || g.Kernel.Size * g.InPerGroup >= RepaysPacking;
            GroupStride = packed ? pixels * ((g.OutPerGroup + w - 1) / w * w) : g.OutPerGroup;
            for (var s = 0; s < segments; s++)
            {
                wideOffsets[s] = (nint)s * g.Output.Width * (packed ? 2 * w : g.OutChannels);
                narrowOffsets[s] = (nint)s * g.Output.Width * (packed ? w : g.OutChannels);
            }

            if (!packed) return dy;
            var target = ScratchMemory.Get<T>(Scratch.PackedB, g.Groups * GroupStride);
            for (var group = 0; group < g.Groups; group++)
                for (var column = 0; column < g.OutPerGroup; column += 2 * w)
                {
                    var columns = Math.Min(2 * w, g.OutPerGroup - column);
                    Packing.Panel<TOps, TVector, T>(dy + group * g.OutPerGroup + column, g.OutChannels, pixels, columns,
                        FilterPanels<TOps, TVector, T>.PanelWidth(columns), target + group * GroupStride + pixels * column);
                }

            return target;
        }

        /// <summary>One group: the rows of taps of part <paramref name="part"/>.</summary>
        public readonly void Run(T* source, T* dy, long part, long parts, T* filter, Tile<T>* tile)
        {
            var oneRun = g.Groups == 1 && (g.Dilation.Width == 1 || g.Kernel.Width == 1);
            var runs = oneRun ? 1 : g.Kernel.Width;
            var run = oneRun ? g.Kernel.Width * g.InChannels : g.InPerGroup; // rows of the product: adjacent inputs
            long tapRows = (long)g.Kernel.Depth * g.Kernel.Height, end = tapRows * (part + 1) / parts;
            var tiles = (run + TOps.TileRows - 1) / TOps.TileRows;
            for (var tapRow = tapRows * part / parts; tapRow < end; tapRow++)
            {
                var (z, y) = Math.DivRem(tapRow, g.Kernel.Height);
                for (var r = 0; r < runs; r++)
                {
                    var a = source + (nint)z * band.PlanePitch + (nint)y * g.Dilation.Height * band.RowPitch + (nint)r * g.Dilation.Width * g.InChannels;
                    var c = filter + (tapRow * runs + r) * run * g.OutChannels;
                    for (var t = 0; t < tiles; t++)
                    {
                        var row = run * t / tiles;
                        Rows(a + row, run * (t + 1) / tiles - row, dy, c + (long)row * g.OutChannels, tile);
                    }
                }
            }
        }

        /// <summary>A few rows of the product with all outputs of the group.</summary>
        readonly void Rows(T* a, int height, T* dy, T* c, Tile<T>* tile)
        {
            var w = TOps.Width;
            var pixel = (nint)g.Stride.Width * g.InChannels;
            var packA = g.OutPerGroup > 4 * w; // panels enough to share the copy
            if (packA)
            {
                var copy = ScratchMemory.Get<T>(Scratch.PackedA, pixels * height + w);
                for (var s = 0; s < segments; s++)
                    Packing.Columns<TOps, TVector, T>(a + sourceOffsets[s], pixel, g.Output.Width, height, default, false, copy + (long)s * g.Output.Width * height);
                a = copy;
            }

            tile->A = a;
            tile->AStride = packA ? height : pixel;
            tile->AOffsets = packA ? wideOffsets : sourceOffsets; // the first of wideOffsets is 0
            tile->Segments = packA ? 1 : segments;
            tile->Steps = packA ? pixels : g.Output.Width;
            for (var column = 0; column < g.OutPerGroup; column += 2 * w)
            {
                tile->Columns = Math.Min(2 * w, g.OutPerGroup - column);
                var wide = tile->Columns > w;
                tile->B = dy + (packed ? pixels * column : column);
                tile->BStride = packed ? (wide ? 2 * w : w) : g.OutChannels;
                tile->BOffsets = wide ? wideOffsets : narrowOffsets;
                tile->C = c + column;
                MicroKernels<TOps, TVector, T>.Get(height, wide ? 2 : 1, byRows: false)(tile);
            }
        }
    }
}
