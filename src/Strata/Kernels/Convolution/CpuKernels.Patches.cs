using System.Numerics;
using System.Numerics.Tensors;
using Strata.Operations;
using Strata.Threading;

namespace Strata.Kernels;

// Windows of [batch, spatial, channels] laid side by side and added up again. An item of the threads is a row of what is written, so nobody
// writes where another does.
public partial class CpuKernels
{
    const int PatchGrain = 1 << 15; // bytes a thread, at least

    internal unsafe void Patches(ConvolutionSettings settings, ReadOnlySpan<int> window, Tensor x, Tensor y)
    {
        var g = WindowGeometry(settings, window, x.Shape);
        var pixel = g.InChannels * x.DType.Size();
        if (y.Size > 0) Workers.For(g.Batch * g.Output.Depth * g.Output.Height, PatchGrain / Math.Max(1, g.Output.Width * g.Kernel.Size * pixel), new PatchRows(g, pixel, x.Pointer, y.Pointer));
    }

    internal unsafe void PatchesAdjoint(ConvolutionSettings settings, ReadOnlySpan<int> window, Tensor dy, Tensor dx)
    {
        var g = WindowGeometry(settings, window, dx.Shape);
        var (rows, grain) = (g.Batch * g.Input.Depth * g.Input.Height, PatchGrain / Math.Max(1, g.Input.Width * g.Kernel.Size * g.InChannels * dx.DType.Size()));
        if (dx.Size == 0) return;
        if (dx.DType == DType.Float32) Workers.For(rows, grain, new PatchSums<float>(g, (float*)dy.Pointer, (float*)dx.Pointer));
        else Workers.For(rows, grain, new PatchSums<double>(g, (double*)dy.Pointer, (double*)dx.Pointer));
    }

    static ConvolutionGeometry WindowGeometry(ConvolutionSettings settings, ReadOnlySpan<int> window, Shape x) => ConvolutionGeometry.Of(
        x[0], x.Span[1..^1], x[^1], window, x[^1], settings.Strides.Span, settings.Dilation.Span, settings.Padding.Span, 1);

    /// <summary>The taps of a window along the width that lie in the input, for the output column <paramref name="x"/>.</summary>
    static (int From, int To) TapsInside(in ConvolutionGeometry g, int x)
    {
        var (start, dilation) = ((x * g.Stride.Width) - g.Low.Width, g.Dilation.Width);
        var from = start >= 0 ? 0 : (dilation - 1 - start) / dilation;
        var to = start >= g.Input.Width ? 0 : (g.Input.Width - 1 - start) / dilation + 1;
        return (Math.Min(from, g.Kernel.Width), Math.Clamp(to, Math.Min(from, g.Kernel.Width), g.Kernel.Width));
    }

    readonly unsafe struct PatchRows(ConvolutionGeometry g, int pixel, byte* x, byte* y) : IRangeWork
    {
        public void Run(long start, long end)
        {
            var line = (long)g.Kernel.Width * pixel;
            var target = y + (start * g.Output.Width * g.Kernel.Size * pixel);
            for (var row = start; row < end; row++)
            {
                var (plane, oy) = Math.DivRem(row, g.Output.Height);
                var (image, oz) = Math.DivRem(plane, g.Output.Depth);
                for (var ox = 0; ox < g.Output.Width; ox++)
                {
                    var (from, to) = TapsInside(g, ox);
                    for (var kz = 0; kz < g.Kernel.Depth; kz++)
                        for (var ky = 0; ky < g.Kernel.Height; ky++, target += line)
                        {
                            long iz = (oz * g.Stride.Depth) + (kz * g.Dilation.Depth) - g.Low.Depth, iy = (oy * g.Stride.Height) + (ky * g.Dilation.Height) - g.Low.Height;
                            var inside = iz >= 0 && iz < g.Input.Depth && iy >= 0 && iy < g.Input.Height;
                            var source = x + (((((image * g.Input.Depth) + iz) * g.Input.Height) + iy) * g.Input.Width * pixel);
                            Line(source, target, ((long)ox * g.Stride.Width) - g.Low.Width, inside ? from : 0, inside ? to : 0);
                        }
                }
            }
        }

        /// <summary>The taps of a row of the window, of which those from <paramref name="from"/> to before <paramref name="to"/> lie in the input.</summary>
        void Line(byte* row, byte* target, long start, int from, int to)
        {
            new Span<byte>(target, from * pixel).Clear();
            new Span<byte>(target + ((long)to * pixel), (g.Kernel.Width - to) * pixel).Clear();
            if (g.Dilation.Width == 1)
            {
                if (to > from) Buffer.MemoryCopy(row + ((start + from) * pixel), target + ((long)from * pixel), (long)(to - from) * pixel, (long)(to - from) * pixel);
                return;
            }

            for (var k = from; k < to; k++) Buffer.MemoryCopy(row + ((start + ((long)k * g.Dilation.Width)) * pixel), target + ((long)k * pixel), pixel, pixel);
        }
    }

    readonly unsafe struct PatchSums<T>(ConvolutionGeometry g, T* dy, T* dx) : IRangeWork
        where T : unmanaged, INumber<T>
    {
        public void Run(long start, long end)
        {
            var size = g.Input.Width * g.InChannels;
            for (var row = start; row < end; row++)
            {
                var (plane, iy) = Math.DivRem(row, g.Input.Height);
                var (image, iz) = Math.DivRem(plane, g.Input.Depth);
                var sum = new Span<T>(dx + (row * size), size);
                sum.Clear();
                for (var kz = 0; kz < g.Kernel.Depth; kz++)
                    for (var ky = 0; ky < g.Kernel.Height; ky++)
                        if (Source(iz + g.Low.Depth - (kz * g.Dilation.Depth), g.Stride.Depth, g.Output.Depth) is var oz and >= 0
                            && Source(iy + g.Low.Height - (ky * g.Dilation.Height), g.Stride.Height, g.Output.Height) is var oy and >= 0)
                            AddLines(dy + (((((((image * g.Output.Depth) + oz) * g.Output.Height) + oy) * g.Output.Width * g.Kernel.Depth) + kz) * g.Kernel.Height + ky) * g.Kernel.Width * g.InChannels, sum);
            }
        }

        /// <summary>The output whose window has its first tap at <paramref name="place"/>, counted from the padding's begin; −1 if there is none.</summary>
        static long Source(long place, int stride, int outputs) => place >= 0 && place % stride == 0 && place / stride < outputs ? place / stride : -1;

        /// <summary>Adds one row of each window of a row of outputs.</summary>
        void AddLines(T* line, Span<T> sum)
        {
            var (c, pitch) = (g.InChannels, g.Kernel.Size * g.InChannels);
            for (var ox = 0; ox < g.Output.Width; ox++, line += pitch)
            {
                var (from, to) = TapsInside(g, ox);
                var (step, width) = g.Dilation.Width == 1 ? (Math.Max(1, to - from), Math.Max(0, to - from) * c) : (1, c);
                for (var k = from; k < to; k += step)
                {
                    var at = ((ox * g.Stride.Width) - g.Low.Width + (k * g.Dilation.Width)) * c;
                    var target = sum.Slice(at, width);
                    TensorPrimitives.Add(target, new ReadOnlySpan<T>(line + ((long)k * c), width), target);
                }
            }
        }
    }
}
