using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>A band's part of the gradient of a depthwise filter: df[t, c] += Σ_o x[o·stride + t·dilation − low, c] · dy[o, c], a vector of channels and
/// three taps of a row at a time, in two chains for even and odd pixels.</summary>
internal static unsafe class DepthwiseFilterGradient<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    public static void Band(in ConvolutionGeometry g, in SourceBand<T> band, int rows, T* dy, T* filter, bool accumulate)
    {
        var channels = g.InChannels;
        for (var c = 0; c < channels; c += TOps.Width)
        {
            var count = Math.Min(TOps.Width, channels - c);
            for (var z = 0; z < g.Kernel.Depth; z++)
                for (var y = 0; y < g.Kernel.Height; y++)
                {
                    var source = band.Origin + z * band.PlanePitch + y * g.Dilation.Height * band.RowPitch + c;
                    var target = filter + ((long)z * g.Kernel.Height + y) * g.Kernel.Width * channels + c;
                    for (var x = 0; x < g.Kernel.Width;)
                    {
                        var taps = g.Kernel.Width - x >= 3 ? 3 : 1;
                        var from = source + (nint)x * g.Dilation.Width * channels;
                        var to = target + (nint)x * channels;
                        if (count < TOps.Width)
                            for (var i = 0; i < taps; i++)
                                Taps<N1, N1>(g, band, rows, from + (nint)i * g.Dilation.Width * channels, dy + c, to + (nint)i * channels, accumulate, count);
                        else if (taps == 3) Taps<N3, N2>(g, band, rows, from, dy + c, to, accumulate, count);
                        else Taps<N1, N2>(g, band, rows, from, dy + c, to, accumulate, count);
                        x += taps;
                    }
                }
        }
    }

    /// <summary><typeparamref name="TWhole"/> is 2 where all lanes are channels, 1 where only some are.</summary>
    [MethodImpl(Jit.Loop)]
    static void Taps<TTaps, TWhole>(in ConvolutionGeometry g, in SourceBand<T> band, int rows, T* source, T* dy, T* filter, bool accumulate, int count)
        where TTaps : struct, IConstant
        where TWhole : struct, IConstant
    {
        TVector a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default;
        nint channels = g.InChannels, pixel = channels * g.Stride.Width, tap = channels * g.Dilation.Width;
        for (var row = 0; row < rows; row++)
        {
            var s = source + row * g.Stride.Height * band.RowPitch;
            var d = dy + (long)row * g.Output.Width * channels;
            for (var pairs = g.Output.Width / 2; pairs > 0; pairs--)
            {
                var even = TWhole.Value == 2 ? TOps.Load(d) : TOps.LoadPart(d, count);
                var odd = TWhole.Value == 2 ? TOps.Load(d + channels) : TOps.LoadPart(d + channels, count);
                a0 = TOps.MultiplyAdd(TWhole.Value == 2 ? TOps.Load(s) : TOps.LoadPart(s, count), even, a0);
                b0 = TOps.MultiplyAdd(TWhole.Value == 2 ? TOps.Load(s + pixel) : TOps.LoadPart(s + pixel, count), odd, b0);
                if (TTaps.Value == 3)
                {
                    a1 = TOps.MultiplyAdd(TOps.Load(s + tap), even, a1);
                    a2 = TOps.MultiplyAdd(TOps.Load(s + 2 * tap), even, a2);
                    b1 = TOps.MultiplyAdd(TOps.Load(s + pixel + tap), odd, b1);
                    b2 = TOps.MultiplyAdd(TOps.Load(s + pixel + 2 * tap), odd, b2);
                }

                s += 2 * pixel;
                d += 2 * channels;
            }

            if (g.Output.Width % 2 == 0) continue;
            var last = TWhole.Value == 2 ? TOps.Load(d) : TOps.LoadPart(d, count);
            a0 = TOps.MultiplyAdd(TWhole.Value == 2 ? TOps.Load(s) : TOps.LoadPart(s, count), last, a0);
            if (TTaps.Value == 3)
            {
                a1 = TOps.MultiplyAdd(TOps.Load(s + tap), last, a1);
                a2 = TOps.MultiplyAdd(TOps.Load(s + 2 * tap), last, a2);
            }
        }

        Add(filter, TOps.Add(a0, b0), accumulate, count);
        if (TTaps.Value != 3) return;
        Add(filter + channels, TOps.Add(a1, b1), accumulate, count);
        Add(filter + 2 * channels, TOps.Add(a2, b2), accumulate, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(T* target, TVector sum, bool accumulate, int count) =>
        TOps.StorePart(target, accumulate ? TOps.Add(TOps.LoadPart(target, count), sum) : sum, count);
}
