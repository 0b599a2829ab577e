using System.Runtime.CompilerServices;
using Strata.Threading;

namespace Strata.Kernels;

/// <summary>A filter for each channel: a vector of channels at a time over eight neighboring pixels, whose sums stay in registers while the filter's
/// element is loaded once for all.</summary>
internal static unsafe class DepthwiseConvolution<TOps, TVector, T>
    where TOps : IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    const long BandBytes = 160 * 1024;

    /// <summary>Computes every position of <paramref name="p"/>; <paramref name="filter"/> is [taps of <paramref name="kernel"/>, channels].</summary>
    public static void Run(in TapProblem<T> p, T* filter, Spatial kernel)
    {
        if (p.Z.Positions == 0 || p.Y.Positions == 0 || p.X.Positions == 0) return;
        var rows = SourceBand<T>.Rows(p.SourceChannels, p.Z, p.Y, p.X, BandBytes);
        var bands = (p.Y.Positions + rows - 1) / rows;
        var items = p.Batch * p.Z.Positions * bands;
        fixed (TapProblem<T>* problem = &p)
            Workers.For(items, (long)Math.Max(1, 20_000 * items / Math.Max(1, p.MultiplyAdds)), new Work(problem, filter, kernel, bands));
    }

    readonly struct Work(TapProblem<T>* problem, T* filter, Spatial kernel, int bands) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var p = *problem;
            var channels = p.SourceChannels;
            var taps = filter + ((p.Z.FirstIndex * (long)kernel.Height + p.Y.FirstIndex) * kernel.Width + p.X.FirstIndex) * channels;
            var room = ScratchMemory.Get<T>(Scratch.Image, SourceBand<T>.Size(p.SourceChannels, p.Z, p.Y, p.X, (p.Y.Positions + bands - 1) / bands));
            for (var item = start; item < end; item++)
            {
                var (rest, part) = Math.DivRem(item, bands);
                var (image, z) = Math.DivRem(rest, p.Z.Positions);
                var y = (int)((long)p.Y.Positions * part / bands);
                var rows = (int)((long)p.Y.Positions * (part + 1) / bands) - y;
                var band = SourceBand<T>.Of(p.Source + image * p.SourceSize.Size * channels, p.SourceSize, channels, p.Z, p.Y, p.X, (int)z, y, rows, room);
                var target = p.Target
                    + (((image * p.TargetSize.Depth + p.Z.TargetStart + z * p.Z.TargetStep) * p.TargetSize.Height + p.Y.TargetStart + (long)y * p.Y.TargetStep)
                        * p.TargetSize.Width + p.X.TargetStart) * channels;
                for (var c = 0; c < channels; c += TOps.Width)
                {
                    var count = Math.Min(TOps.Width, channels - c);
                    for (var row = 0; row < rows; row++)
                        Row(p, band, band.Origin + row * p.Y.SourceStride * band.RowPitch + c, taps + c,
                            target + (long)row * p.Y.TargetStep * p.TargetSize.Width * channels + c, p.Bias == null ? null : p.Bias + c, count);
                }
            }
        }

        void Row(in TapProblem<T> p, in SourceBand<T> band, T* source, T* taps, T* target, T* bias, int count)
        {
            var positions = p.X.Positions;
            var size = positions >= 8 ? 8 : positions >= 4 ? 4 : 1;
            for (var x = 0; x < positions; x += size)
            {
                x = Math.Min(x, positions - size); // the last tile overlaps the one before
                var from = source + (nint)x * p.X.SourceStride * p.SourceChannels;
                var to = target + (nint)x * p.X.TargetStep * p.SourceChannels;
                if (count < TOps.Width)
                    for (var i = 0; i < size; i++)
                        Pixels<N1, N1>(p, band, from + (nint)i * p.X.SourceStride * p.SourceChannels, taps, to + (nint)i * p.X.TargetStep * p.SourceChannels, bias, count);
                else if (size == 8) Pixels<N8, N2>(p, band, from, taps, to, bias, count);
                else if (size == 4) Pixels<N4, N2>(p, band, from, taps, to, bias, count);
                else Pixels<N1, N2>(p, band, from, taps, to, bias, count);
            }
        }

        /// <summary><typeparamref name="TPixels"/> is 8, 4 or 1; <typeparamref name="TWhole"/> 2 where all lanes are channels, 1 where only some are.</summary>
        [MethodImpl(Jit.Loop)]
        void Pixels<TPixels, TWhole>(in TapProblem<T> p, in SourceBand<T> band, T* source, T* taps, T* target, T* bias, int count)
            where TPixels : struct, IConstant
            where TWhole : struct, IConstant
        {
            TVector a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            nint channels = p.SourceChannels, pixel = channels * p.X.SourceStride, between = channels * p.X.OffsetStep;
            nint tapStep = channels * p.X.IndexStep, rowStep = channels * kernel.Width * p.Y.IndexStep;
            for (var z = 0; z < p.Z.Taps; z++)
                for (var y = 0; y < p.Y.Taps; y++)
                {
                    var s = source + z * band.PlanePitch + y * p.Y.OffsetStep * band.RowPitch;
                    var f = taps + z * p.Z.IndexStep * kernel.Height * kernel.Width * channels + y * rowStep;
                    for (var x = 0; x < p.X.Taps; x++, s += between, f += tapStep)
                    {
                        var tap = TWhole.Value == 2 ? TOps.Load(f) : TOps.LoadPart(f, count);
                        a0 = TOps.MultiplyAdd(TWhole.Value == 2 ? TOps.Load(s) : TOps.LoadPart(s, count), tap, a0);
                        if (TPixels.Value >= 4)
                        {
                            a1 = TOps.MultiplyAdd(TOps.Load(s + pixel), tap, a1);
                            a2 = TOps.MultiplyAdd(TOps.Load(s + 2 * pixel), tap, a2);
                            a3 = TOps.MultiplyAdd(TOps.Load(s + 3 * pixel), tap, a3);
                        }

                        if (TPixels.Value == 8)
                        {
                            var far = s + 4 * pixel;
                            a4 = TOps.MultiplyAdd(TOps.Load(far), tap, a4);
                            a5 = TOps.MultiplyAdd(TOps.Load(far + pixel), tap, a5);
                            a6 = TOps.MultiplyAdd(TOps.Load(far + 2 * pixel), tap, a6);
                            a7 = TOps.MultiplyAdd(TOps.Load(far + 3 * pixel), tap, a7);
                        }
                    }
                }

            var start = bias == null ? default : TOps.LoadPart(bias, count);
            var next = channels * p.X.TargetStep;
            Store(target, a0, start, p.Relu, count);
            if (TPixels.Value >= 4)
            {
                Store(target + next, a1, start, p.Relu, count);
                Store(target + 2 * next, a2, start, p.Relu, count);
                Store(target + 3 * next, a3, start, p.Relu, count);
            }

            if (TPixels.Value != 8) return;
            target += 4 * next;
            Store(target, a4, start, p.Relu, count);
            Store(target + next, a5, start, p.Relu, count);
            Store(target + 2 * next, a6, start, p.Relu, count);
            Store(target + 3 * next, a7, start, p.Relu, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Store(T* target, TVector sum, TVector bias, bool relu, int count)
        {
            sum = TOps.Add(sum, bias);
            if (relu) sum = TOps.Relu(sum);
            TOps.StorePart(target, sum, count);
        }
    }
}
