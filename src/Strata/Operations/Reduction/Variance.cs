namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The variance of all elements: the mean squared distance from their mean.</summary>
    public Tensor Variance() => Variance([]);

    /// <summary>The variance over one axis, which is dropped or kept with size 1.</summary>
    public Tensor Variance(int axis, bool keepDims = false, int correction = 0) => Variance([axis], keepDims, correction);

    /// <summary>The variance over the given axes (none given: all), which are dropped or kept with size 1, in two passes.</summary>
    /// <param name="axes">The axes.</param>
    /// <param name="keepDims">Whether the axes stay with size 1.</param>
    /// <param name="correction">What is taken from the number of elements n that the sum of squares is divided by: 0 gives the
    /// variance of the data, 1 the unbiased estimate.</param>
    public Tensor Variance(ReadOnlySpan<int> axes, bool keepDims = false, int correction = 0)
    {
        var n = AxisSet.Of(axes, Shape, "Variance").ReducedSize(Shape);
        return (this - Mean(axes, keepDims: true)).Square().Sum(axes, keepDims) / (n - correction);
    }

    /// <summary>The square root of the variance of all elements.</summary>
    public Tensor StandardDeviation() => StandardDeviation([]);

    /// <summary>The square root of the variance over one axis, which is dropped or kept with size 1.</summary>
    public Tensor StandardDeviation(int axis, bool keepDims = false, int correction = 0) => StandardDeviation([axis], keepDims, correction);

    /// <summary>The square root of <see cref="Variance(ReadOnlySpan{int}, bool, int)"/>.</summary>
    /// <inheritdoc cref="Variance(ReadOnlySpan{int}, bool, int)"/>
    public Tensor StandardDeviation(ReadOnlySpan<int> axes, bool keepDims = false, int correction = 0) => Variance(axes, keepDims, correction).Sqrt();
}
