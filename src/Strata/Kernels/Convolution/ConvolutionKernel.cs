using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Kernels;

/// <summary>Convolution of channels-last tensors over 1 to 3 spatial axes and its two gradients, float32 and float64, equal to the bit for any number
/// of threads. Results overwrite what they are written to.</summary>
internal static unsafe class ConvolutionKernel
{
    /// <summary>y = activation(x ∗ f + bias), <paramref name="bias"/> being one value for each output channel or null.</summary>
    public static void Forward<T>(in ConvolutionGeometry g, T* x, T* filter, T* y, T* bias = null, ElementwiseActivation activation = default,
        PreparedWeights? prepared = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Run(Direction.Forward, g, x, filter, y, bias, activation == ElementwiseActivation.Relu, prepared);
        if (activation > ElementwiseActivation.Relu) Epilogue.Apply(activation, y, g.Batch * g.Output.Size * g.OutChannels); // the kernels' tiles have room for relu alone
    }

    /// <summary>The gradient with respect to the input.</summary>
    public static void GradientInput<T>(in ConvolutionGeometry g, T* dy, T* filter, T* dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(Direction.Input, g, dy, filter, dx, null, false, null);

    /// <summary>The gradient with respect to the filter.</summary>
    public static void GradientFilter<T>(in ConvolutionGeometry g, T* x, T* dy, T* filterGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(Direction.Filter, g, x, dy, filterGradient, null, false, null);

    enum Direction
    {
        Forward,
        Input,
        Filter,
    }

    static void Run<T>(Direction direction, in ConvolutionGeometry g, T* a, T* b, T* result, T* bias, bool relu, PreparedWeights? prepared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.IsPointwise)
        {
            MatMulKernel.Run(Pointwise(direction, g, a, b, result) with
            {
                Bias = bias,
                Activation = relu ? ElementwiseActivation.Relu : default,
                PackedB = prepared is null ? null : prepared.Pointer<T>(),
            });
            return;
        }

        switch (Simd.Level)
        {
            case SimdLevel.Vector512:
                Run<Vector512Ops<T>, Vector512<T>, T>(direction, g, a, b, result, bias, relu, prepared);
                break;
            case SimdLevel.Vector256:
                Run<Vector256Ops<T>, Vector256<T>, T>(direction, g, a, b, result, bias, relu, prepared);
                break;
            case SimdLevel.Vector128:
                Run<Vector128Ops<T>, Vector128<T>, T>(direction, g, a, b, result, bias, relu, prepared);
                break;
            default:
                Run<ScalarOps<T>, T, T>(direction, g, a, b, result, bias, relu, prepared);
                break;
        }
    }

    static MatrixProduct<T> Pointwise<T>(Direction direction, in ConvolutionGeometry g, T* a, T* b, T* result)
        where T : unmanaged
    {
        var pixels = g.Batch * g.Input.Size;
        return direction switch
        {
            Direction.Forward => MatrixProduct<T>.Dense(pixels, g.OutChannels, g.InChannels, a, false, b, false, result),
            Direction.Input => MatrixProduct<T>.Dense(pixels, g.InChannels, g.OutChannels, a, false, b, true, result),
            _ => MatrixProduct<T>.Dense(g.InChannels, g.OutChannels, pixels, a, true, b, false, result),
        };
    }

    static void Run<TOps, TVector, T>(Direction direction, in ConvolutionGeometry g, T* a, T* b, T* result, T* bias, bool relu, PreparedWeights? prepared)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (prepared?.Algorithm ?? WinogradCost.Choose<T>(g))
        {
            case WinogradChoice.F2:
                Winograd<TOps, TVector, T, WinogradF2Input, WinogradF2Filter, WinogradF2Output, WinogradF2FilterBack, WinogradF2OutputBack>(direction, g, a, b, result, bias, relu, prepared);
                return;
            case WinogradChoice.F4:
                Winograd<TOps, TVector, T, WinogradF4Input, WinogradF4Filter, WinogradF4Output, WinogradF4FilterBack, WinogradF4OutputBack>(direction, g, a, b, result, bias, relu, prepared);
                return;
        }

        switch (direction)
        {
            case Direction.Forward:
                Forward<TOps, TVector, T>(g, a, b, result, bias, relu, prepared);
                break;
            case Direction.Input:
                GradientInput<TOps, TVector, T>(g, a, b, result);
                break;
            default:
                FilterGradient<TOps, TVector, T>.Run(g, a, b, result);
                break;
        }
    }

    static void Winograd<TOps, TVector, T, TInput, TFilter, TOutput, TFilterBack, TOutputBack>(
        Direction direction, in ConvolutionGeometry g, T* a, T* b, T* result, T* bias, bool relu, PreparedWeights? prepared)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInput : struct, IWinogradMap
        where TFilter : struct, IWinogradMap
        where TOutput : struct, IWinogradMap
        where TFilterBack : struct, IWinogradMap
        where TOutputBack : struct, IWinogradMap
    {
        if (direction == Direction.Filter)
        {
            WinogradFilterGradient<TOps, TVector, T>.Run<TInput, TOutputBack, TFilterBack>(WinogradProblem<T>.Forward(g, a, b), result);
            return;
        }

        var backward = direction == Direction.Input;
        var filter = prepared is null ? null : prepared.Pointer<T>();
        if (filter == null)
        {
            filter = ScratchMemory.Get<T>(Scratch.Filter, WinogradFilter<TOps, TVector, T>.Size<TFilter>(g.InChannels, g.OutChannels));
            WinogradFilter<TOps, TVector, T>.Transform<TFilter>(b, g.InChannels, g.OutChannels, backward, filter);
        }

        var p = backward ? WinogradProblem<T>.Backward(g, a, result) : WinogradProblem<T>.Forward(g, a, result) with { Bias = bias, Relu = relu };
        WinogradConvolution<TOps, TVector, T>.Run<TInput, TOutput>(p, filter);
    }

    static void Forward<TOps, TVector, T>(in ConvolutionGeometry g, T* x, T* filter, T* y, T* bias, bool relu, PreparedWeights? prepared)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TapProblem<T>.Forward(g, x, y);
        p.Bias = bias;
        p.Relu = relu;
        if (SingleChannelConvolution<TOps, TVector, T>.Suits(p)) SingleChannelConvolution<TOps, TVector, T>.Run(p, filter);
        else Compute<TOps, TVector, T>(p, filter, g, transpose: false, prepared is null ? null : prepared.Pointer<T>());
    }

    /// <summary>Each phase of the stride on each axis is a convolution of dy of its own.</summary>
    static void GradientInput<TOps, TVector, T>(in ConvolutionGeometry g, T* dy, T* filter, T* dx)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        if (ScatteredGradient<TOps, TVector, T>.Suits(g))
        {
            ScatteredGradient<TOps, TVector, T>.Run(g, dy, filter, dx);
            return;
        }

        var p = new TapProblem<T>
        {
            Batch = g.Batch,
            Source = dy,
            SourceSize = g.Output,
            SourceChannels = g.OutChannels,
            Target = dx,
            TargetSize = g.Input,
            TargetChannels = g.InChannels,
            Groups = g.Groups,
        };
        for (var z = 0; z < g.Stride.Depth; z++)
            for (var y = 0; y < g.Stride.Height; y++)
                for (var x = 0; x < g.Stride.Width; x++)
                {
                    p.Z = AxisTaps.Backward(g.Input.Depth, g.Kernel.Depth, g.Stride.Depth, g.Dilation.Depth, g.Low.Depth, z);
                    p.Y = AxisTaps.Backward(g.Input.Height, g.Kernel.Height, g.Stride.Height, g.Dilation.Height, g.Low.Height, y);
                    p.X = AxisTaps.Backward(g.Input.Width, g.Kernel.Width, g.Stride.Width, g.Dilation.Width, g.Low.Width, x);
                    Compute<TOps, TVector, T>(p, filter, g, transpose: true, null);
                }
    }

    static void Compute<TOps, TVector, T>(in TapProblem<T> p, T* filter, in ConvolutionGeometry g, bool transpose, T* packed)
        where TOps : IVectorOps<TVector, T>
        where TVector : unmanaged
        where T : unmanaged
    {
        if (g.IsDepthwise)
        {
            DepthwiseConvolution<TOps, TVector, T>.Run(p, filter, g.Kernel);
            return;
        }

        if (packed == null)
        {
            packed = ScratchMemory.Get<T>(Scratch.Filter, FilterPanels<TOps, TVector, T>.Size(p));
            FilterPanels<TOps, TVector, T>.Pack(p, filter, g.Kernel, transpose, packed);
        }

        TapConvolution<TOps, TVector, T>.Run(p, packed);
    }
}
