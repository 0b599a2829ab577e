namespace Strata.Kernels.Sampling;

/// <summary>A distribution whose parameters may differ from element to element.</summary>
internal interface ISampler
{
    /// <summary>A number for element <paramref name="i"/>.</summary>
    double Draw(ref DrawSequence random, long i);
}
