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

    public static void Maximum(in PoolingGeometry g, T* x, T* dy, T* dx)
    {
        if (!g.IsOfSquares) Run(g, x, dy, dx, false);
        else if (g.Batch > 0 && g.Channels > 0 && g.Input.Size > 0)
            Workers.For(g.Batch, (long)Math.Max(1, ReadsWorthAThread * g.Batch / Math.Max(1, g.Reads)), new PoolingOfSquares<TOps, TVector, T>.Backward(g, x, dy, dx));
    }

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
        readonly nint rowPitch = (nint)g.Input.Width * g.Channels;

        public void Run(long start, long end)
        {
            // Where windows share no cell, rows of the result are made aside by whole vectors, which run over into the next pixel's place.
            var apart = g.Stride.Depth >= g.Window.Depth && g.Stride.Height >= g.Window.Height && g.Stride.Width >= g.Window.Width && blocks == 1;
            var flat = g.Input.Depth == 1 && g.Output.Depth == 1;
            var room = apart ? ScratchMemory.Get<T>(Scratch.Image, g.Window.Depth * g.Window.Height * (rowPitch + TOps.Width)) : null;
            for (var item = start; item < end; item++)
            {
                var (image, block) = Math.DivRem(item, blocks);
                var first = (int)(vectors * block / blocks) * TOps.Width;
                var last = Math.Min(g.Channels, (int)(vectors * (block + 1) / blocks) * TOps.Width);
                var at = image * g.Input.Size * g.Channels;
                var gradient = dy + image * g.Output.Size * g.Channels;
                var done = 0; // rows of a flat image that are final or at least cleared: just before their use, while they are near
                if (!flat) Clear(dx + at, 0, g.Input.Depth * g.Input.Height, first, last);
                for (var z = 0; z < g.Output.Depth; z++)
                    for (var y = 0; y < g.Output.Height; y++, gradient += (nint)g.Output.Width * g.Channels)
                    {
                        var window = g.At(z, y, 0);
                        if (window.Z0 >= window.Z1 || window.Y0 >= window.Y1) continue;
                        if (flat)
                        {
                            Clear(dx + at, done, apart ? window.Y0 : window.Y1, first, last);
                            done = Math.Max(done, window.Y1);
                        }

                        if (apart) Apart(window, x + at, gradient, dx + at, room);
                        else Overlapping(z, y, x + at, gradient, dx + at, first, last);
                    }

                if (flat) Clear(dx + at, done, g.Input.Height, first, last);
            }
        }

        void Clear(T* image, int from, int to, int first, int last)
        {
            for (var row = from; row < to; row++)
                if (last - first == g.Channels) new Span<T>(image + row * rowPitch, (int)rowPitch).Clear();
                else
                    for (var pixel = 0; pixel < g.Input.Width; pixel++)
                        new Span<T>(image + row * rowPitch + (nint)pixel * g.Channels + first, last - first).Clear();
        }

        T Share(in PoolingWindow window) => T.One / T.CreateSaturating(countPadding ? g.Window.Size : window.Cells);

        /// <summary>A row of windows that share no cell: their cells are written once.</summary>
        void Apart(PoolingWindow window, T* image, T* gradient, T* result, T* room)
        {
            int depth = window.Z1 - window.Z0, height = window.Y1 - window.Y0;
            var pitch = rowPitch + TOps.Width;
            new Span<T>(room, checked((int)(depth * height * pitch))).Clear();
            var corner = window.Z0 * g.Input.Height * rowPitch + window.Y0 * rowPitch;
            var end = x == null ? null : x + g.Batch * g.Input.Size * g.Channels;
            for (var ox = 0; ox < g.Output.Width; ox++, gradient += g.Channels)
            {
                var from = Math.Max(0, ox * g.Stride.Width - g.Low.Width);
                var to = Math.Min(g.Input.Width, ox * g.Stride.Width - g.Low.Width + g.Window.Width);
                if (from >= to) continue;
                window = window with { X0 = from, X1 = to };
                var cell = (nint)from * g.Channels;
                if (x == null) Spread(window, gradient, room + cell, Share(window), pitch);
                else if (image + corner + ((depth - 1) * g.Input.Height + height - 1) * rowPitch + (nint)to * g.Channels + TOps.Width > end)
                    Place<N1>(window, image + corner + cell, gradient, room + cell, pitch);
                else Place<N2>(window, image + corner + cell, gradient, room + cell, pitch);
            }

            for (var z = 0; z < depth; z++)
                for (var row = 0; row < height; row++, room += pitch)
                    new ReadOnlySpan<T>(room, (int)rowPitch).CopyTo(new(result + corner + (z * g.Input.Height + row) * rowPitch, (int)rowPitch));
        }

        /// <summary>Writes dy to the first greatest cell of a window and 0 to the others. <typeparamref name="TWhole"/>: 2 where whole vectors of x may be read.</summary>
        [MethodImpl(Jit.Loop)]
        void Place<TWhole>(in PoolingWindow window, T* cells, T* gradient, T* room, nint pitch)
            where TWhole : struct, IConstant
        {
            nint channels = g.Channels, planePitch = g.Input.Height * rowPitch;
            int depth = window.Z1 - window.Z0, height = window.Y1 - window.Y0, width = window.X1 - window.X0;
            var one = TOps.Broadcast(T.One);
            for (var c = 0; c < g.Channels; c += TOps.Width)
            {
                var count = Math.Min(TOps.Width, g.Channels - c);
                var best = TWhole.Value == 2 ? TOps.Load(cells + c) : TOps.LoadPart(cells + c, count);
                TVector number = default, winner = default;
                for (var z = 0; z < depth; z++)
                    for (var y = 0; y < height; y++)
                    {
                        var cell = cells + z * planePitch + y * rowPitch + c;
                        for (var i = 0; i < width; i++, cell += channels)
                        {
                            var next = TWhole.Value == 2 ? TOps.Load(cell) : TOps.LoadPart(cell, count);
                            winner = TOps.IfGreater(next, best, number, winner);
                            best = TOps.IfGreater(next, best, next, best);
                            number = TOps.Add(number, one);
                        }
                    }

                var dy = TOps.LoadPart(gradient + c, count);
                number = default;
                var row = room + c;
                for (var r = depth * height; r > 0; r--, row += pitch)
                {
                    var cell = row;
                    for (var i = 0; i < width; i++, cell += channels)
                    {
                        Put(cell, TOps.IfEqual(number, winner, dy, default), count);
                        number = TOps.Add(number, one);
                    }
                }
            }
        }

        /// <summary>A pixel of fewer channels than lanes runs over into the next, which is written later; a last vector of many must not, as the first
        /// of the next pixel is there already.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Put(T* cell, TVector value, int count)
        {
            if (count == TOps.Width || g.Channels < TOps.Width) TOps.Store(cell, value);
            else TOps.StorePart(cell, value, count);
        }

        /// <summary>Writes its share of dy to each cell of a window.</summary>
        [MethodImpl(Jit.Loop)]
        void Spread(in PoolingWindow window, T* gradient, T* room, T share, nint pitch)
        {
            var factor = TOps.Broadcast(share);
            for (var c = 0; c < g.Channels; c += TOps.Width)
            {
                var count = Math.Min(TOps.Width, g.Channels - c);
                var dy = TOps.Multiply(TOps.LoadPart(gradient + c, count), factor);
                var row = room + c;
                for (var r = (window.Z1 - window.Z0) * (window.Y1 - window.Y0); r > 0; r--, row += pitch)
                    for (nint i = 0; i < window.X1 - window.X0; i++) Put(row + i * g.Channels, dy, count);
            }
        }

        void Overlapping(int z, int y, T* image, T* gradient, T* result, int first, int last)
        {
            for (var ox = 0; ox < g.Output.Width; ox++, gradient += g.Channels)
            {
                var window = g.At(z, y, ox);
                if (window.Cells == 0) continue;
                if (x != null) AddAtMaximum(window, image, gradient, result, first, last);
                else AddShares(window, gradient, result, first, last, Share(window));
            }
        }

        /// <summary>Finds for each channel the number of the first greatest cell, then adds dy there.</summary>
        [MethodImpl(Jit.Loop)]
        void AddAtMaximum(in PoolingWindow window, T* image, T* gradient, T* result, int first, int last)
        {
            nint channels = g.Channels, planePitch = g.Input.Height * rowPitch;
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

        [MethodImpl(Jit.Loop)]
        void AddShares(in PoolingWindow window, T* gradient, T* result, int first, int last, T share)
        {
            nint channels = g.Channels, planePitch = g.Input.Height * rowPitch;
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
