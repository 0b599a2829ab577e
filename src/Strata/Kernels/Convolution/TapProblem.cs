namespace Strata.Kernels;

/// <summary>A sum over taps on each of three axes, channels last: what a <see cref="TapConvolution{TOps, TVector, T}"/> computes.</summary>
internal unsafe struct TapProblem<T>
    where T : unmanaged
{
    public long Batch;
    public T* Source;
    public Spatial SourceSize;
    public int SourceChannels;
    public T* Target;
    public Spatial TargetSize;
    public int TargetChannels;
    public AxisTaps Z;
    public AxisTaps Y;
    public AxisTaps X;
    public int Groups;

    /// <summary>A value for each channel of the target that is added, or null.</summary>
    public T* Bias;

    public bool Relu;

    public static TapProblem<T> Forward(in ConvolutionGeometry g, T* x, T* y) => new()
    {
        Batch = g.Batch,
        Source = x,
        SourceSize = g.Input,
        SourceChannels = g.InChannels,
        Target = y,
        TargetSize = g.Output,
        TargetChannels = g.OutChannels,
        Groups = g.Groups,
        Z = AxisTaps.Forward(g.Output.Depth, g.Kernel.Depth, g.Stride.Depth, g.Dilation.Depth, g.Low.Depth),
        Y = AxisTaps.Forward(g.Output.Height, g.Kernel.Height, g.Stride.Height, g.Dilation.Height, g.Low.Height),
        X = AxisTaps.Forward(g.Output.Width, g.Kernel.Width, g.Stride.Width, g.Dilation.Width, g.Low.Width),
    };

    public int SourcePerGroup => SourceChannels / Groups;

    public int TargetPerGroup => TargetChannels / Groups;

    /// <summary>Whether neighboring taps along x read neighboring memory, so that a row of taps is one run.</summary>
    public bool RowIsOneRun => Groups == 1 && (X.OffsetStep == 1 || X.Taps <= 1);

    /// <summary>Runs of contiguous source elements that a position sums over.</summary>
    public int Segments => Z.Taps * Y.Taps * (RowIsOneRun ? Math.Min(1, X.Taps) : X.Taps);

    public int StepsOfSegment => SourcePerGroup * (RowIsOneRun ? X.Taps : 1);

    public long Steps => (long)Z.Taps * Y.Taps * X.Taps * SourcePerGroup;

    public double MultiplyAdds => (double)Batch * Z.Positions * Y.Positions * X.Positions * TargetChannels * Steps;
}
