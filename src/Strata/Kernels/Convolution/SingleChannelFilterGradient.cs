using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels;

/// <summary>The gradient of the filter of gray images to a few channels (the first layer of LeNet-5): df[t, c] = Σ_o x[o + t] · dy[o, c]. Pixels lie side by side,
/// so a vector holds pixels of a row instead of channels, and the sums are lane by lane until the end.</summary>
internal static unsafe class SingleChannelFilterGradient<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // With a vector of x for each tap and one of dy these fill 26 of 32 registers, or with half of the channels 16 of 16.
    const int MostTaps = 5, MostChannels = 4;
    static readonly delegate*<T*, nint, Gradient, long, int, T*, void>[] kernels = Kernels();

    public static bool Suits(in ConvolutionGeometry g) =>
        g is { InChannels: 1, Kernel.Depth: 1, Output.Depth: 1, Stride: { Height: 1, Width: 1 }, Dilation: { Height: 1, Width: 1 } }
        && g.OutChannels < TOps.Width && g.Output.Width >= TOps.Width;

    /// <summary>The sum over the bands <paramref name="first"/> … <paramref name="last"/> − 1 of <paramref name="plan"/>.</summary>
    public static void Run(in ConvolutionGeometry g, in FilterGradientPlan plan, long first, long last, T* x, T* dy, T* filter)
    {
        int w = TOps.Width, channels = g.OutChannels;
        var rowsOfBand = (g.Output.Height + plan.BandsOfPlane - 1) / plan.BandsOfPlane;
        var width = (g.Output.Width + w - 1) / w * w;
        var sums = ScratchMemory.Get<T>(Scratch.PackedA, plan.Size * w);
        var planes = ScratchMemory.Get<T>(Scratch.PackedB, (long)channels * rowsOfBand * width);
        var room = ScratchMemory.Get<T>(Scratch.Image, plan.Room + w);
        new Span<T>(sums, checked((int)plan.Size * w)).Clear();
        new Span<T>(planes, checked(channels * rowsOfBand * width)).Clear(); // and 0 it stays beyond the ends of rows
        new Span<T>(room, checked((int)plan.Room + w)).Clear(); // a vector at the end of the last row reads beyond it
        var dyOfBand = new Gradient(planes, (nint)rowsOfBand * width, width);
        for (var band = first; band < last; band++)
        {
            var (group, b) = Math.DivRem(band, plan.BandsOfPlane);
            var y = (int)((long)g.Output.Height * b / plan.BandsOfPlane);
            var rows = (int)((long)g.Output.Height * (b + 1) / plan.BandsOfPlane) - y;
            for (var image = group * plan.Images; image < Math.Min(g.Batch, (group + 1) * plan.Images); image++)
            {
                var source = SourceBand<T>.Of(x + image * g.Input.Size, g.Input, 1, plan.Z, plan.Y, plan.X, 0, y, rows, room, copy: true);
                var gradient = dy + (image * g.Output.Height + y) * g.Output.Width * channels;
                for (var row = 0; row < rows; row++)
                    Packing.Transpose(gradient + (long)row * g.Output.Width * channels, channels, g.Output.Width, channels, planes + (long)row * width, dyOfBand.Channel);
                for (var ky = 0; ky < g.Kernel.Height; ky++)
                    Blocks(g.Kernel.Width, channels, source.Origin + ky * source.RowPitch, source.RowPitch, dyOfBand, rows, sums + (long)ky * g.Kernel.Width * channels * w);
            }
        }

        for (long i = 0; i < plan.Size; i++) filter[i] = TOps.Sum(TOps.Load(sums + i * w));
    }

    /// <summary>All taps of a row with all channels, in blocks that the registers hold.</summary>
    static void Blocks(int taps, int channels, T* x, nint pitch, Gradient dy, int rows, T* sums)
    {
        var most = TOps.TileRows >= 12 ? MostChannels : MostChannels / 2;
        int tapBlocks = (taps + MostTaps - 1) / MostTaps, channelBlocks = (channels + most - 1) / most;
        for (var c = 0; c < channelBlocks; c++)
        {
            int channel = channels * c / channelBlocks, channelsOfBlock = channels * (c + 1) / channelBlocks - channel;
            for (var t = 0; t < tapBlocks; t++)
            {
                int tap = taps * t / tapBlocks, tapsOfBlock = taps * (t + 1) / tapBlocks - tap;
                var kernel = kernels[(channelsOfBlock - 1) * MostTaps + tapsOfBlock - 1];
                kernel(x + tap, pitch, dy with { First = dy.First + channel * dy.Channel }, rows, channels, sums + ((long)tap * channels + channel) * TOps.Width);
            }
        }
    }

    /// <summary>Adds a block's sums over rows of pixels to <paramref name="sums"/> [taps, all channels], a vector each.</summary>
    [MethodImpl(Jit.Loop)]
    static void Block<TTaps, TChannels>(T* x, nint pitch, Gradient dy, long rows, int channels, T* sums)
        where TTaps : struct, IConstant
        where TChannels : struct, IConstant
    {
        TVector a0 = default, b0 = default, c0 = default, d0 = default;
        TVector a1 = default, b1 = default, c1 = default, d1 = default;
        TVector a2 = default, b2 = default, c2 = default, d2 = default;
        TVector a3 = default, b3 = default, c3 = default, d3 = default;
        TVector a4 = default, b4 = default, c4 = default, d4 = default;
        for (; rows > 0; rows--, x += pitch, dy.First += dy.Row)
            for (nint i = 0; i < dy.Row; i += TOps.Width)
            {
                var d = dy.First + i;
                var x0 = TOps.Load(x + i);
                var x1 = TTaps.Value > 1 ? TOps.Load(x + i + 1) : default;
                var x2 = TTaps.Value > 2 ? TOps.Load(x + i + 2) : default;
                var x3 = TTaps.Value > 3 ? TOps.Load(x + i + 3) : default;
                var x4 = TTaps.Value > 4 ? TOps.Load(x + i + 4) : default;
                var y0 = TOps.Load(d);
                a0 = TOps.MultiplyAdd(x0, y0, a0);
                if (TTaps.Value > 1) a1 = TOps.MultiplyAdd(x1, y0, a1);
                if (TTaps.Value > 2) a2 = TOps.MultiplyAdd(x2, y0, a2);
                if (TTaps.Value > 3) a3 = TOps.MultiplyAdd(x3, y0, a3);
                if (TTaps.Value > 4) a4 = TOps.MultiplyAdd(x4, y0, a4);

                if (TChannels.Value > 1)
                {
                    var y1 = TOps.Load(d + dy.Channel);
                    b0 = TOps.MultiplyAdd(x0, y1, b0);
                    if (TTaps.Value > 1) b1 = TOps.MultiplyAdd(x1, y1, b1);
                    if (TTaps.Value > 2) b2 = TOps.MultiplyAdd(x2, y1, b2);
                    if (TTaps.Value > 3) b3 = TOps.MultiplyAdd(x3, y1, b3);
                    if (TTaps.Value > 4) b4 = TOps.MultiplyAdd(x4, y1, b4);
                }

                if (TChannels.Value > 2)
                {
                    var y2 = TOps.Load(d + 2 * dy.Channel);
                    c0 = TOps.MultiplyAdd(x0, y2, c0);
                    if (TTaps.Value > 1) c1 = TOps.MultiplyAdd(x1, y2, c1);
                    if (TTaps.Value > 2) c2 = TOps.MultiplyAdd(x2, y2, c2);
                    if (TTaps.Value > 3) c3 = TOps.MultiplyAdd(x3, y2, c3);
                    if (TTaps.Value > 4) c4 = TOps.MultiplyAdd(x4, y2, c4);
                }

                if (TChannels.Value > 3)
                {
                    var y3 = TOps.Load(d + 3 * dy.Channel);
                    d0 = TOps.MultiplyAdd(x0, y3, d0);
                    if (TTaps.Value > 1) d1 = TOps.MultiplyAdd(x1, y3, d1);
                    if (TTaps.Value > 2) d2 = TOps.MultiplyAdd(x2, y3, d2);
                    if (TTaps.Value > 3) d3 = TOps.MultiplyAdd(x3, y3, d3);
                    if (TTaps.Value > 4) d4 = TOps.MultiplyAdd(x4, y3, d4);
                }
            }

        var pitchOfSums = (nint)channels * TOps.Width;
        Add<TChannels>(sums, a0, b0, c0, d0);
        if (TTaps.Value > 1) Add<TChannels>(sums + pitchOfSums, a1, b1, c1, d1);
        if (TTaps.Value > 2) Add<TChannels>(sums + 2 * pitchOfSums, a2, b2, c2, d2);
        if (TTaps.Value > 3) Add<TChannels>(sums + 3 * pitchOfSums, a3, b3, c3, d3);
        if (TTaps.Value > 4) Add<TChannels>(sums + 4 * pitchOfSums, a4, b4, c4, d4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add<TChannels>(T* sums, TVector a, TVector b, TVector c, TVector d)
        where TChannels : struct, IConstant
    {
        TOps.Store(sums, TOps.Add(TOps.Load(sums), a));
        if (TChannels.Value > 1) TOps.Store(sums + TOps.Width, TOps.Add(TOps.Load(sums + TOps.Width), b));
        if (TChannels.Value > 2) TOps.Store(sums + 2 * TOps.Width, TOps.Add(TOps.Load(sums + 2 * TOps.Width), c));
        if (TChannels.Value > 3) TOps.Store(sums + 3 * TOps.Width, TOps.Add(TOps.Load(sums + 3 * TOps.Width), d));
    }

    static delegate*<T*, nint, Gradient, long, int, T*, void>[] Kernels()
    {
        var table = new delegate*<T*, nint, Gradient, long, int, T*, void>[MostChannels * MostTaps];
        Fill<N1>(table, 0);
        Fill<N2>(table, MostTaps);
        Fill<N3>(table, 2 * MostTaps);
        Fill<N4>(table, 3 * MostTaps);
        return table;
    }

    static void Fill<TChannels>(delegate*<T*, nint, Gradient, long, int, T*, void>[] table, int at)
        where TChannels : struct, IConstant
    {
        table[at++] = &Block<N1, TChannels>;
        table[at++] = &Block<N2, TChannels>;
        table[at++] = &Block<N3, TChannels>;
        table[at++] = &Block<N4, TChannels>;
        table[at] = &Block<N5, TChannels>;
    }

    /// <summary>dy of a band, channel by channel, rows filled up with zeros.</summary>
    struct Gradient(T* first, nint channel, nint row)
    {
        public T* First = first;

        /// <summary>Elements from one channel to the next.</summary>
        public nint Channel = channel;

        /// <summary>Elements from one row to the next, a multiple of a vector's.</summary>
        public nint Row = row;
    }
}
