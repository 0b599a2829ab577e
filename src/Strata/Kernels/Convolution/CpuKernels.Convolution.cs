using Strata.Operations;

namespace Strata.Kernels;

public partial class CpuKernels
{
    internal unsafe void Convolution(in ConvolutionSettings settings, Tensor x, Tensor f, Tensor y, Epilogue epilogue = default, PreparedWeights? prepared = null)
    {
        var g = Geometry(settings, x, f, y);
        if (y.DType == DType.Float32)
            ConvolutionKernel.Forward(g, (float*)x.Pointer, (float*)f.Pointer, (float*)y.Pointer, epilogue.BiasOf<float>(), epilogue.Activation, prepared);
        else
            ConvolutionKernel.Forward(g, (double*)x.Pointer, (double*)f.Pointer, (double*)y.Pointer, epilogue.BiasOf<double>(), epilogue.Activation, prepared);
    }

    /// <summary>The filter f, prepared for convolutions of inputs of x's shape to outputs of y's; null if there is nothing to prepare.</summary>
    internal unsafe PreparedWeights? PrepareConvolution(in ConvolutionSettings settings, Tensor x, Tensor f, Tensor y)
    {
        var g = Geometry(settings, x, f, y);
        return f.DType == DType.Float32 ? FilterPreparation.Prepare(g, (float*)f.Pointer, f.DType) : FilterPreparation.Prepare(g, (double*)f.Pointer, f.DType);
    }

    internal unsafe void ConvolutionInputGradient(in ConvolutionSettings settings, Tensor dy, Tensor f, Tensor dx)
    {
        var g = Geometry(settings, dx, f, dy);
        if (dx.DType == DType.Float32) ConvolutionKernel.GradientInput(g, (float*)dy.Pointer, (float*)f.Pointer, (float*)dx.Pointer);
        else ConvolutionKernel.GradientInput(g, (double*)dy.Pointer, (double*)f.Pointer, (double*)dx.Pointer);
    }

    internal unsafe void ConvolutionKernelGradient(in ConvolutionSettings settings, Tensor x, Tensor dy, Tensor df)
    {
        var g = Geometry(settings, x, df, dy);
        if (df.DType == DType.Float32) ConvolutionKernel.GradientFilter(g, (float*)x.Pointer, (float*)dy.Pointer, (float*)df.Pointer);
        else ConvolutionKernel.GradientFilter(g, (double*)x.Pointer, (double*)dy.Pointer, (double*)df.Pointer);
    }

    // The output's extents are given, not derived: a transposed convolution may leave elements at the end that no window reaches.
    static ConvolutionGeometry Geometry(in ConvolutionSettings settings, Tensor x, Tensor f, Tensor y)
    {
        var axes = x.Rank - 2;
        Span<int> low = stackalloc int[axes];
        for (var i = 0; i < axes; i++) low[i] = settings.Padding[i].Low;
        return new(
            x.Shape[0],
            Spatial.Of(x.Shape.Span[1..^1], 1),
            x.Shape[^1],
            Spatial.Of(f.Shape.Span[..^2], 1),
            f.Shape[^1],
            Spatial.Of(y.Shape.Span[1..^1], 1),
            Spatial.Of(settings.Strides.Span, 1),
            Spatial.Of(settings.Dilation.Span, 1),
            Spatial.Of(low, 0),
            settings.Groups);
    }
}
