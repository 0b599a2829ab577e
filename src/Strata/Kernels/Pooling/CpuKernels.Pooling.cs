using System.Numerics;
using Strata.Operations;

namespace Strata.Kernels;

public partial class CpuKernels
{
    internal unsafe void MaxPool(in PoolingSettings settings, Tensor x, Tensor y)
    {
        var g = Geometry(settings, x.Shape, y.Shape);
        if (x.DType == DType.Float32) PoolingKernel.Maximum(g, (float*)x.Pointer, (float*)y.Pointer);
        else PoolingKernel.Maximum(g, (double*)x.Pointer, (double*)y.Pointer);
    }

    internal unsafe void MaxPoolGradient(in PoolingSettings settings, Tensor x, Tensor dy, Tensor dx)
    {
        var g = Geometry(settings, x.Shape, dy.Shape);
        if (x.DType == DType.Float32) PoolingKernel.MaximumGradient(g, (float*)x.Pointer, (float*)dy.Pointer, (float*)dx.Pointer);
        else PoolingKernel.MaximumGradient(g, (double*)x.Pointer, (double*)dy.Pointer, (double*)dx.Pointer);
    }

    internal unsafe void AveragePool(in PoolingSettings settings, Tensor x, Tensor y, bool countPadding)
    {
        var g = Geometry(settings, x.Shape, y.Shape);
        if (x.DType == DType.Float32) PoolingKernel.Average(g, (float*)x.Pointer, (float*)y.Pointer, countPadding);
        else PoolingKernel.Average(g, (double*)x.Pointer, (double*)y.Pointer, countPadding);
    }

    internal unsafe void AveragePoolGradient(in PoolingSettings settings, Tensor dy, Tensor dx, bool countPadding)
    {
        var g = Geometry(settings, dx.Shape, dy.Shape);
        if (dx.DType == DType.Float32) PoolingKernel.AverageGradient(g, (float*)dy.Pointer, (float*)dx.Pointer, countPadding);
        else PoolingKernel.AverageGradient(g, (double*)dy.Pointer, (double*)dx.Pointer, countPadding);
    }

    internal unsafe void MaxPoolPlaces(in PoolingSettings settings, Tensor x, Tensor places)
    {
        var g = Geometry(settings, x.Shape, places.Shape);
        if (x.DType == DType.Float32) Places(g, (float*)x.Pointer, (long*)places.Pointer);
        else Places(g, (double*)x.Pointer, (long*)places.Pointer);
    }

    // Only second derivatives come here, so it is plain.
    static unsafe void Places<T>(in PoolingGeometry g, T* x, long* places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var n = 0L; n < g.Batch; n++)
            for (var z = 0; z < g.Output.Depth; z++)
                for (var y = 0; y < g.Output.Height; y++)
                    for (var w = 0; w < g.Output.Width; w++)
                        for (var c = 0; c < g.Channels; c++) *places++ = FirstMaximum(g, x, n, g.At(z, y, w), c);
    }

    static unsafe long FirstMaximum<T>(in PoolingGeometry g, T* x, long n, in PoolingWindow window, int channel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var best = -1L;
        for (var z = window.Z0; z < window.Z1; z++)
            for (var y = window.Y0; y < window.Y1; y++)
                for (var w = window.X0; w < window.X1; w++)
                {
                    var at = (((((n * g.Input.Depth) + z) * g.Input.Height) + y) * g.Input.Width + w) * g.Channels + channel;
                    if (best < 0 || x[at] > x[best] || (T.IsNaN(x[at]) && !T.IsNaN(x[best]))) best = at;
                }

        return best;
    }

    static PoolingGeometry Geometry(in PoolingSettings settings, Shape x, Shape y)
    {
        Span<int> low = stackalloc int[settings.Window.Count];
        for (var i = 0; i < low.Length; i++) low[i] = settings.Walk.Padding[i].Low;
        return new(
            x[0],
            Spatial.Of(x.Span[1..^1], 1),
            x[^1],
            Spatial.Of(settings.Window.Span, 1),
            Spatial.Of(y.Span[1..^1], 1),
            Spatial.Of(settings.Walk.Strides.Span, 1),
            Spatial.Of(low, 0));
    }
}
