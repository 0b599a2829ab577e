using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The gradient with respect to an input of few channels, which would fill a small part of a vector: dy times the transposed filter gives each output
/// pixel's patch with all taps side by side, and the patches are added where they were taken from. The threads take images.</summary>
internal static unsafe class ScatteredGradient<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    public static bool Suits(in ConvolutionGeometry g) =>
        g.Groups == 1 && 2 * g.InChannels <= TOps.Width && (g.Dilation.Width == 1 || g.Kernel.Width == 1) && g.Output.Size > 0;

    public static void Run(in ConvolutionGeometry g, T* dy, T* filter, T* dx)
    {
        int columns = (int)g.Kernel.Size * g.InChannels, w = TOps.Width;
        var width = (columns + w - 1) / w * w;
        var packed = ScratchMemory.Get<T>(Scratch.Filter, (long)g.OutChannels * width);
        for (var column = 0; column < columns; column += 2 * w)
        {
            var count = Math.Min(2 * w, columns - column);
            Packing.PanelTransposed(filter + (long)column * g.OutChannels, g.OutChannels, g.OutChannels, count,
                FilterPanels<TOps, TVector, T>.PanelWidth(count), packed + (long)column * g.OutChannels);
        }

        Workers.For(g.Batch, (long)Math.Max(1, 100_000 * g.Batch / Math.Max(1, g.MultiplyAdds)), new Images(g, packed, width, dy, dx));
    }

    readonly struct Images(ConvolutionGeometry g, T* packed, int width, T* dy, T* dx) : IRangeWork
    {
        // The box that the windows cover; the input lies in it at the padding's distance.
        readonly Spatial box = new(
            (g.Output.Depth - 1) * g.Stride.Depth + (g.Kernel.Depth - 1) * g.Dilation.Depth + 1,
            (g.Output.Height - 1) * g.Stride.Height + (g.Kernel.Height - 1) * g.Dilation.Height + 1,
            (g.Output.Width - 1) * g.Stride.Width + (g.Kernel.Width - 1) * g.Dilation.Width + 1);

        [SkipLocalsInit]
        public void Run(long start, long end)
        {
            var scratch = stackalloc byte[12 * 2 * 64 + 64];
            nint zero = 0;
            var size = box.Size * g.InChannels;
            var sum = ScratchMemory.Get<T>(Scratch.Image, size);
            var patches = ScratchMemory.Get<T>(Scratch.PackedA, (long)g.Output.Width * width);
            var tile = new Tile<T>
            {
                AStride = g.OutChannels,
                AOffsets = &zero,
                BOffsets = &zero,
                Segments = 1,
                Steps = g.OutChannels,
                CStride = width,
                Scratch = (T*)((nuint)(scratch + 63) & ~(nuint)63),
            };
            for (var image = start; image < end; image++)
            {
                for (var left = size; left > 0; left -= 1 << 30) new Span<T>(sum + size - left, (int)Math.Min(left, 1 << 30)).Clear();
                var gradient = dy + image * g.Output.Size * g.OutChannels;
                for (var z = 0; z < g.Output.Depth; z++)
                    for (var y = 0; y < g.Output.Height; y++, gradient += (nint)g.Output.Width * g.OutChannels)
                    {
                        Multiply(gradient, patches, &tile);
                        AddPatches(patches, sum + ((long)z * g.Stride.Depth * box.Height + (long)y * g.Stride.Height) * box.Width * g.InChannels);
                    }

                CutOut(sum, dx + image * g.Input.Size * g.InChannels);
            }
        }

        /// <summary>The patches of a row of output pixels.</summary>
        void Multiply(T* gradient, T* patches, Tile<T>* tile)
        {
            var tiles = (g.Output.Width + TOps.TileRows - 1) / TOps.TileRows;
            for (var column = 0; column < width; column += 2 * TOps.Width)
            {
                tile->Columns = Math.Min(2 * TOps.Width, width - column);
                tile->B = packed + (long)column * g.OutChannels;
                tile->BStride = tile->Columns;
                for (var t = 0; t < tiles; t++)
                {
                    var from = (int)((long)g.Output.Width * t / tiles);
                    var height = (int)((long)g.Output.Width * (t + 1) / tiles) - from;
                    tile->A = gradient + (nint)from * g.OutChannels;
                    tile->C = patches + (nint)from * width + column;
                    MicroKernels<TOps, TVector, T>.Get(height, tile->Columns / TOps.Width, byRows: true)(tile);
                }
            }
        }

        /// <summary>Pixel by pixel, and in a pixel by rows of taps: neighbors overlap, and what one stored should have settled before the next loads it.</summary>
        [MethodImpl(Jit.Loop)]
        void AddPatches(T* patches, T* corner)
        {
            int w = TOps.Width, run = g.Kernel.Width * g.InChannels, whole = run / w * w, rest = run - whole;
            nint rowPitch = (nint)box.Width * g.InChannels, planePitch = box.Height * rowPitch;
            for (var x = 0; x < g.Output.Width; x++, patches += width, corner += (nint)g.Stride.Width * g.InChannels)
            {
                var patch = patches;
                for (var z = 0; z < g.Kernel.Depth; z++)
                {
                    var target = corner + z * g.Dilation.Depth * planePitch;
                    for (var y = 0; y < g.Kernel.Height; y++, patch += run, target += g.Dilation.Height * rowPitch)
                    {
                        for (var i = 0; i < whole; i += w) TOps.Store(target + i, TOps.Add(TOps.Load(target + i), TOps.Load(patch + i)));
                        if (rest > 0) TOps.StorePart(target + whole, TOps.Add(TOps.LoadPart(target + whole, rest), TOps.LoadPart(patch + whole, rest)), rest);
                    }
                }
            }
        }

        /// <summary>The input's part of the box; what no window reaches is 0.</summary>
        void CutOut(T* sum, T* result)
        {
            int from = Math.Min(g.Input.Width, Math.Max(0, -g.Low.Width)), to = Math.Clamp(box.Width - g.Low.Width, from, g.Input.Width);
            for (var z = 0; z < g.Input.Depth; z++)
                for (var y = 0; y < g.Input.Height; y++, result += (nint)g.Input.Width * g.InChannels)
                {
                    int boxZ = z + g.Low.Depth, boxY = y + g.Low.Height;
                    var row = new Span<T>(result, g.Input.Width * g.InChannels);
                    if (boxZ >= box.Depth || boxY >= box.Height)
                    {
                        row.Clear();
                        continue;
                    }

                    var source = sum + (((long)boxZ * box.Height + boxY) * box.Width + g.Low.Width + from) * g.InChannels;
                    new ReadOnlySpan<T>(source, (to - from) * g.InChannels).CopyTo(row[(from * g.InChannels)..]);
                    row[(to * g.InChannels)..].Clear();
                }
        }
    }
}
