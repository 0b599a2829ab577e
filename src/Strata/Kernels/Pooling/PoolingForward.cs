using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>Pooling, a vector of channels at a time; the threads take rows of the output.</summary>
internal static unsafe class PoolingForward<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double ReadsWorthAThread = 50_000;

    public static void Maximum(in PoolingGeometry g, T* x, T* y) => Run(g, new Rows(g, x, y, true, false));

    public static void Average(in PoolingGeometry g, T* x, T* y, bool countPadding) => Run(g, new Rows(g, x, y, false, countPadding));

    static void Run(in PoolingGeometry g, Rows rows)
    {
        var count = g.Batch * g.Output.Depth * g.Output.Height;
        if (count > 0 && g.Output.Width > 0) Workers.For(count, (long)Math.Max(1, ReadsWorthAThread * count / g.Reads), rows);
    }

    readonly struct Rows(PoolingGeometry g, T* x, T* y, bool maximum, bool countPadding) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var row = start; row < end; row++)
            {
                var (rest, oy) = Math.DivRem(row, g.Output.Height);
                var (image, oz) = Math.DivRem(rest, g.Output.Depth);
                var source = x + image * g.Input.Size * g.Channels;
                var target = y + row * g.Output.Width * g.Channels;
                for (var ox = 0; ox < g.Output.Width; ox++, target += g.Channels)
                {
                    var window = g.At((int)oz, (int)oy, ox);
                    if (window.Cells == 0) new Span<T>(target, g.Channels).Fill(maximum ? T.NegativeInfinity : T.Zero);
                    else if (maximum) MaximumOf(window, source, target);
                    else AverageOf(window, source, target, T.One / T.CreateSaturating(countPadding ? g.Window.Size : window.Cells));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void MaximumOf(in PoolingWindow window, T* source, T* target)
        {
            int w = TOps.Width, channels = g.Channels;
            nint rowPitch = (nint)g.Input.Width * channels, planePitch = g.Input.Height * rowPitch;
            var corner = source + window.Z0 * planePitch + window.Y0 * rowPitch + (nint)window.X0 * channels;
            int depth = window.Z1 - window.Z0, height = window.Y1 - window.Y0, width = window.X1 - window.X0;
            for (var c = 0; c < channels; c += w)
            {
                var count = Math.Min(w, channels - c);
                var whole = count == w;
                var best = TOps.LoadPart(corner + c, count);
                for (var z = 0; z < depth; z++)
                    for (var y = 0; y < height; y++)
                    {
                        var cell = corner + z * planePitch + y * rowPitch + c;
                        for (var x = 0; x < width; x++, cell += channels)
                        {
                            var next = whole ? TOps.Load(cell) : TOps.LoadPart(cell, count);
                            best = TOps.IfGreater(next, best, next, best);
                        }
                    }

                if (whole) TOps.Store(target + c, best);
                else TOps.StorePart(target + c, best, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void AverageOf(in PoolingWindow window, T* source, T* target, T share)
        {
            int w = TOps.Width, channels = g.Channels;
            nint rowPitch = (nint)g.Input.Width * channels, planePitch = g.Input.Height * rowPitch;
            var corner = source + window.Z0 * planePitch + window.Y0 * rowPitch + (nint)window.X0 * channels;
            int depth = window.Z1 - window.Z0, height = window.Y1 - window.Y0, width = window.X1 - window.X0;
            var factor = TOps.Broadcast(share);
            for (var c = 0; c < channels; c += w)
            {
                var count = Math.Min(w, channels - c);
                var whole = count == w;
                TVector sum = default;
                for (var z = 0; z < depth; z++)
                    for (var y = 0; y < height; y++)
                    {
                        var cell = corner + z * planePitch + y * rowPitch + c;
                        for (var x = 0; x < width; x++, cell += channels) sum = TOps.Add(sum, whole ? TOps.Load(cell) : TOps.LoadPart(cell, count));
                    }

                TOps.StorePart(target + c, TOps.Multiply(sum, factor), count);
            }
        }
    }
}
