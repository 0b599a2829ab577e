using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>The usual maximum pooling, 2 × 2 cells side by side, and its gradient (<see cref="PoolingGeometry.IsOfSquares"/>).</summary>
/// <remarks>A row of windows is walked by whole vectors of channels. Where channels are fewer than lanes, a vector runs over into the next pixels, which
/// are written later; the last pixels of a row must keep to their own.</remarks>
internal static unsafe class PoolingOfSquares<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many of the windows of a row, from its beginning, whole vectors do not run out of.</summary>
    static int Whole(in PoolingGeometry g)
    {
        var last = ((long)g.Output.Width * g.Channels) - ((g.Channels + TOps.Width - 1) / TOps.Width * TOps.Width); // where they may begin
        return last < 0 ? 0 : (int)(last / g.Channels) + 1;
    }

    /// <summary>A vector, or as many lanes of it as there are. <typeparamref name="TWhole"/>: 2 for whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Get<TWhole>(T* cell, int lanes)
        where TWhole : struct, IConstant => TWhole.Value == 2 ? TOps.Load(cell) : TOps.LoadPart(cell, lanes);

    /// <summary>Rows of windows, those of all images one after the other.</summary>
    public readonly struct Forward(PoolingGeometry g, T* x, T* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var rowPitch = (nint)g.Input.Width * g.Channels;
            var whole = Whole(g);
            for (var row = start; row < end; row++)
            {
                var (image, oy) = Math.DivRem(row, g.Output.Height);
                var cells = x + ((image * g.Input.Height) + (2 * oy)) * rowPitch;
                var target = y + row * g.Output.Width * g.Channels;
                Windows<N2>(g.Channels, whole, rowPitch, cells, target);
                Windows<N1>(g.Channels, g.Output.Width - whole, rowPitch, cells + (nint)whole * 2 * g.Channels, target + (nint)whole * g.Channels);
            }
        }

        /// <summary><typeparamref name="TWhole"/>: 2 for whole vectors.</summary>
        [MethodImpl(Jit.Loop)]
        static void Windows<TWhole>(nint channels, int count, nint rowPitch, T* cells, T* target)
            where TWhole : struct, IConstant
        {
            for (; count > 0; count--, cells += 2 * channels, target += channels)
                for (nint c = 0; c < channels; c += TOps.Width)
                {
                    var lanes = (int)Math.Min(TOps.Width, channels - c);
                    TVector x0 = Get<TWhole>(cells + c, lanes), x1 = Get<TWhole>(cells + c + channels, lanes);
                    TVector x2 = Get<TWhole>(cells + c + rowPitch, lanes), x3 = Get<TWhole>(cells + c + rowPitch + channels, lanes);
                    var above = TOps.IfGreater(x1, x0, x1, x0);
                    var below = TOps.IfGreater(x3, x2, x3, x2);
                    var best = TOps.IfGreater(below, above, below, above);
                    if (TWhole.Value == 2) TOps.Store(target + c, best); // what runs over is overwritten by the next pixel
                    else TOps.StorePart(target + c, best, lanes);
                }
        }
    }

    /// <summary>Images.</summary>
    public readonly struct Backward(PoolingGeometry g, T* x, T* dy, T* dx) : IRangeWork
    {
        public void Run(long start, long end)
        {
            nint rowPitch = (nint)g.Input.Width * g.Channels, reached = 2 * (nint)g.Output.Width * g.Channels;
            var whole = Whole(g);
            for (var image = start; image < end; image++)
            {
                T* cells = x + image * g.Input.Height * rowPitch, result = dx + image * g.Input.Height * rowPitch;
                var gradient = dy + image * g.Output.Size * g.Channels;
                for (var oy = 0; oy < g.Output.Height; oy++, cells += 2 * rowPitch, result += 2 * rowPitch, gradient += (nint)g.Output.Width * g.Channels)
                {
                    Windows<N2>(g.Channels, whole, rowPitch, cells, gradient, result);
                    Windows<N1>(g.Channels, g.Output.Width - whole, rowPitch, cells + (nint)whole * 2 * g.Channels, gradient + (nint)whole * g.Channels, result + (nint)whole * 2 * g.Channels);
                    new Span<T>(result + reached, (int)(rowPitch - reached)).Clear(); // a column that no window reaches
                    new Span<T>(result + rowPitch + reached, (int)(rowPitch - reached)).Clear();
                }

                new Span<T>(result, (int)((g.Input.Height - 2 * g.Output.Height) * rowPitch)).Clear(); // and a row
            }
        }

        /// <summary>dy goes to the first greatest cell of each window, 0 to the others.</summary>
        [MethodImpl(Jit.Loop)]
        static void Windows<TWhole>(nint channels, int count, nint rowPitch, T* cells, T* gradient, T* result)
            where TWhole : struct, IConstant
        {
            for (; count > 0; count--, cells += 2 * channels, result += 2 * channels, gradient += channels)
                for (nint c = 0; c < channels; c += TOps.Width)
                {
                    var lanes = (int)Math.Min(TOps.Width, channels - c);
                    TVector x0 = Get<TWhole>(cells + c, lanes), x1 = Get<TWhole>(cells + c + channels, lanes);
                    TVector x2 = Get<TWhole>(cells + c + rowPitch, lanes), x3 = Get<TWhole>(cells + c + rowPitch + channels, lanes);
                    var dy = Get<TWhole>(gradient + c, lanes);
                    var above = TOps.IfGreater(x1, x0, x1, x0);
                    var below = TOps.IfGreater(x3, x2, x3, x2);
                    var toAbove = TOps.IfGreater(below, above, default, dy);
                    var toBelow = TOps.IfGreater(below, above, dy, default);
                    Put<TWhole>(result + c, TOps.IfGreater(x1, x0, default, toAbove), lanes);
                    Put<TWhole>(result + c + channels, TOps.IfGreater(x1, x0, toAbove, default), lanes);
                    Put<TWhole>(result + c + rowPitch, TOps.IfGreater(x3, x2, default, toBelow), lanes);
                    Put<TWhole>(result + c + rowPitch + channels, TOps.IfGreater(x3, x2, toBelow, default), lanes);
                }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            void Put<TAny>(T* cell, TVector value, int lanes)
                where TAny : struct, IConstant
            {
                // Of many channels the next cell's first vector stands already where a last vector would run over.
                if (TAny.Value == 2 && (lanes == TOps.Width || channels < TOps.Width)) TOps.Store(cell, value);
                else TOps.StorePart(cell, value, lanes);
            }
        }
    }
}
