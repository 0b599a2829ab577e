namespace Strata.Kernels;

/// <summary>A 3×3 convolution of stride 1 on images, channels last: what the Winograd kernels compute.</summary>
internal unsafe struct WinogradProblem<T>
    where T : unmanaged
{
    public long Batch;
    public T* Source;
    public int SourceHeight;
    public int SourceWidth;
    public int SourceChannels;
    public T* Target;
    public int TargetHeight;
    public int TargetWidth;
    public int TargetChannels;

    /// <summary>Rows of zeros before the source.</summary>
    public int Top;

    /// <summary>Columns of zeros before the source.</summary>
    public int Left;

    /// <summary>A value for each channel of the target that is added, or null.</summary>
    public T* Bias;

    public bool Relu;

    public static WinogradProblem<T> Forward(in ConvolutionGeometry g, T* x, T* y) => new()
    {
        Batch = g.Batch,
        Source = x,
        SourceHeight = g.Input.Height,
        SourceWidth = g.Input.Width,
        SourceChannels = g.InChannels,
        Target = y,
        TargetHeight = g.Output.Height,
        TargetWidth = g.Output.Width,
        TargetChannels = g.OutChannels,
        Top = g.Low.Height,
        Left = g.Low.Width,
    };

    /// <summary>The gradient with respect to the input is a convolution of dy, whose filter is turned by half a turn.</summary>
    public static WinogradProblem<T> Backward(in ConvolutionGeometry g, T* dy, T* dx) => new()
    {
        Batch = g.Batch,
        Source = dy,
        SourceHeight = g.Output.Height,
        SourceWidth = g.Output.Width,
        SourceChannels = g.OutChannels,
        Target = dx,
        TargetHeight = g.Input.Height,
        TargetWidth = g.Input.Width,
        TargetChannels = g.InChannels,
        Top = 2 - g.Low.Height,
        Left = 2 - g.Low.Width,
    };
}
