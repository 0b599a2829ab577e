using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The gradients of pooling. Windows may overlap, so the threads take images, and where those are few, vectors of channels.</summary>
internal static unsafe class PoolingBackward<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double ReadsWorthAThread = 50_000;

    public static void Maximum(in PoolingGeometry g, T* x, T* dy, T* dx) => Run(g, x, dy, dx, false);

    public static void Average(in PoolingGeometry g, T* dy, T* dx, bool countPadding) => Run(g, null, dy, dx, countPadding);

    static void Run(in PoolingGeometry g, T* x, T* dy, T* dx, bool countPadding)
    {
        if (g.Batch == 0 || g.Channels == 0) return;
        long vectors = (g.Channels + TOps.Width - 1) / TOps.Width;
        var blocks = Math.Min(vectors, (Workers.Threads + g.Batch - 1) / g.Batch);
        var items = g.Batch * blocks;
        Workers.For(items, (long)Math.Max(1, ReadsWorthAThread * items / Math.Max(1, g.Reads)), new Images(g, x, dy, dx, countPadding, vectors, blocks));
    }

    readonly struct Images(PoolingGeometry g, T* x, T* dy, T* dx, bool countPadding, long vectors, long blocks) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var item = start; item < end; item++)
            {
                var (image, block) = Math.DivRem(item, blocks);
                var first = (int)(vectors * block / blocks) * TOps.Width;
                var last = Math.Min(g.Channels, (int)(vectors * (block + 1) / blocks) * TOps.Width);
                var at = image * g.Input.Size * g.Channels;
                Clear(dx + at, first, last - first);
                var gradient = dy + image * g.Output.Size * g.Channels;
                for (var z = 0; z < g.Output.Depth; z++)
                    for (var y = 0; y < g.Output.Height; y++)
                        for (var o = 0; o < g.Output.Width; o++, gradient += g.Channels)
                        {
                            var window = g.At(z, y, o);
                            if (window.Cells == 0) continue;
                            if (x != null) Maximum(window, x + at, gradient, dx + at, first, last);
                            else Average(window, gradient, dx + at, first, last, T.One / T.CreateSaturating(countPadding ? g.Window.Size : window.Cells));
                        }
            }
        }

        void Clear(T* image, int first, int count)
        {
            if (count == g.Channels) (count, first) = (checked((int)(g.Input.Size * g.Channels)), 0);
            for (var pixel = 0L; pixel < g.Input.Size * g.Channels; pixel += Math.Max(count, g.Channels)) new Span<T>(image + pixel + first, count).Clear();
        }

        /// <summary>Finds for each channel the number of the first greatest cell, then adds dy there.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Maximum(in PoolingWindow window, T* image, T* gradient, T* result, int first, int last)
        {
            nint channels = g.Channels, rowPitch = g.Input.Width * channels, planePitch = g.Input.Height * rowPitch;
            var corner = window.Z0 * planePitch + window.Y0 * rowPitch + window.X0 * channels;
            int depth = window.Z1 - window.Z0, height = window.Y1 - window.Y0, width = window.X1 - window.X0;
            var one = TOps.Broadcast(T.One);
            for (var c = first; c < last; c += TOps.Width)
            {
                var count = Math.Min(TOps.Width, last - c);
                var best = TOps.LoadPart(image + corner + c, count);
                TVector number = default, winner = default;
                for (var z = 0; z < depth; z++)
                    for (var y = 0; y < height; y++)
                    {
                        var cell = image + corner + z * planePitch + y * rowPitch + c;
                        for (var i = 0; i < width; i++, cell += channels)
                        {
                            var next = TOps.LoadPart(cell, count);
                            winner = TOps.IfGreater(next, best, number, winner);
                            best = TOps.IfGreater(next, best, next, best);
                            number = TOps.Add(number, one);
                        }
                    }

                var dy = TOps.LoadPart(gradient + c, count);
                number = default;
                for (var z = 0; z < depth; z++)
                    for (var y = 0; y < height; y++)
                    {
                        var cell = result + corner + z * planePitch + y * rowPitch + c;
                        for (var i = 0; i < width; i++, cell += channels)
                        {
                            TOps.StorePart(cell, TOps.Add(TOps.LoadPart(cell, count), TOps.IfEqual(number, winner, dy, default)), count);
                            number = TOps.Add(number, one);
                        }
                    }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Average(in PoolingWindow window, T* gradient, T* result, int first, int last, T share)
        {
            nint channels = g.Channels, rowPitch = g.Input.Width * channels, planePitch = g.Input.Height * rowPitch;
            var corner = window.Z0 * planePitch + window.Y0 * rowPitch + window.X0 * channels;
            int depth = window.Z1 - window.Z0, height = window.Y1 - window.Y0, width = window.X1 - window.X0;
            var factor = TOps.Broadcast(share);
            for (var c = first; c < last; c += TOps.Width)
            {
                var count = Math.Min(TOps.Width, last - c);
                var dy = TOps.Multiply(TOps.LoadPart(gradient + c, count), factor);
                for (var z = 0; z < depth; z++)
                    for (var y = 0; y < height; y++)
                    {
                        var cell = result + corner + z * planePitch + y * rowPitch + c;
                        for (var i = 0; i < width; i++, cell += channels)
                            TOps.StorePart(cell, TOps.Add(TOps.LoadPart(cell, count), dy), count);
                    }
            }
        }
    }
}
