using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>Pooling by rows of the output, which the threads share out: first the rows of the windows are combined element by element, whatever the number of
/// channels, then the neighbors in the one row that is left.</summary>
internal static unsafe class PoolingForward<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double ReadsWorthAThread = 50_000;

    public static void Maximum(in PoolingGeometry g, T* x, T* y)
    {
        if (g.IsOfSquares) Run(g, new PoolingOfSquares<TOps, TVector, T>.Forward(g, x, y));
        else Run(g, new Rows(g, x, y, true, false));
    }

    public static void Average(in PoolingGeometry g, T* x, T* y, bool countPadding) => Run(g, new Rows(g, x, y, false, countPadding));

    static void Run<TRows>(in PoolingGeometry g, TRows rows)
        where TRows : struct, IRangeWork
    {
        var count = g.Batch * g.Output.Depth * g.Output.Height;
        if (count > 0 && g.Output.Width > 0 && g.Channels > 0) Workers.For(count, (long)Math.Max(1, ReadsWorthAThread * count / g.Reads), rows);
    }

    readonly struct Rows(PoolingGeometry g, T* x, T* y, bool maximum, bool countPadding) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var width = (nint)g.Input.Width * g.Channels;
            var outWidth = (nint)g.Output.Width * g.Channels;
            var combined = ScratchMemory.Get<T>(Scratch.Image, width + outWidth + 2 * TOps.Width);
            var result = combined + width + TOps.Width; // each with a vector's room at its end: stores of whole vectors run over
            for (var row = start; row < end; row++)
            {
                var (rest, oy) = Math.DivRem(row, g.Output.Height);
                var (image, oz) = Math.DivRem(rest, g.Output.Depth);
                var window = g.At((int)oz, (int)oy, 0);
                var target = y + row * outWidth;
                if (window.Z0 >= window.Z1 || window.Y0 >= window.Y1)
                {
                    new Span<T>(target, (int)outWidth).Fill(maximum ? T.NegativeInfinity : T.Zero);
                    continue;
                }

                var corner = x + ((image * g.Input.Depth + window.Z0) * g.Input.Height + window.Y0) * width;
                Combine(corner, window.Z1 - window.Z0, window.Y1 - window.Y0, width, combined);
                if (maximum) Neighbors<N2>(combined, result, default);
                else Neighbors<N1>(combined, result, window);
                new ReadOnlySpan<T>(result, (int)outWidth).CopyTo(new(target, (int)outWidth));
            }
        }

        /// <summary>The maximum or the sum of rows, element by element.</summary>
        [MethodImpl(Jit.Loop)]
        void Combine(T* corner, int depth, int height, nint width, T* combined)
        {
            var plane = g.Input.Height * width;
            for (nint i = 0; i < width; i += TOps.Width)
            {
                var count = (int)Math.Min(TOps.Width, width - i);
                var best = TOps.LoadPart(corner + i, count);
                for (var z = 0; z < depth; z++)
                    for (var row = z == 0 ? 1 : 0; row < height; row++)
                    {
                        var next = TOps.LoadPart(corner + z * plane + row * width + i, count);
                        best = maximum ? TOps.IfGreater(next, best, next, best) : TOps.Add(best, next);
                    }

                TOps.Store(combined + i, best);
            }
        }

        /// <summary><typeparamref name="TKind"/> is 2 for the maximum, 1 for the average.</summary>
        [MethodImpl(Jit.Loop)]
        void Neighbors<TKind>(T* combined, T* result, PoolingWindow window)
            where TKind : struct, IConstant
        {
            int w = TOps.Width, channels = g.Channels;
            var rows = (window.Z1 - window.Z0) * (window.Y1 - window.Y0);
            var cells = 0;
            TVector factor = default;
            for (var ox = 0; ox < g.Output.Width; ox++, result += channels)
            {
                var from = ox * g.Stride.Width - g.Low.Width;
                var to = Math.Min(g.Input.Width, from + g.Window.Width);
                from = Math.Max(0, from);
                if (from >= to)
                {
                    new Span<T>(result, channels).Fill(TKind.Value == 2 ? T.NegativeInfinity : T.Zero);
                    continue;
                }

                if (TKind.Value == 1 && to - from != cells)
                {
                    cells = to - from;
                    factor = TOps.Broadcast(T.One / T.CreateSaturating(countPadding ? g.Window.Size : (long)cells * rows));
                }

                var first = combined + (nint)from * channels;
                for (var c = 0; c < channels; c += w)
                {
                    var cell = first + c;
                    var best = TOps.Load(cell);
                    for (var i = to - from - 1; i > 0; i--)
                    {
                        cell += channels;
                        var next = TOps.Load(cell);
                        best = TKind.Value == 2 ? TOps.IfGreater(next, best, next, best) : TOps.Add(best, next);
                    }

                    TOps.Store(result + c, TKind.Value == 2 ? best : TOps.Multiply(best, factor)); // what runs over is overwritten by the next pixel
                }
            }
        }
    }
}
