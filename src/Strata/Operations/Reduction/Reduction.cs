namespace Strata.Operations;

/// <summary>y = the elements of x combined over a set of axes, which are dropped or kept with size 1.</summary>
internal abstract record Reduction(AxisSet Axes, bool KeepDims) : Unary
{
    /// <summary>What two partial results are combined by.</summary>
    internal abstract ElementwiseBinary Combination { get; }
}
