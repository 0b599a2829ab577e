namespace Strata.Kernels.Sampling;

/// <summary>A parameter of a distribution: float64, one number for all elements or one for each.</summary>
internal readonly unsafe struct Parameter(Tensor x)
{
    readonly double* values = (double*)x.Pointer;
    readonly long step = x.Size == 1 ? 0 : 1;

    public double this[long i] => values[i * step];
}
