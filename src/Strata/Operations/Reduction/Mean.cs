using Strata.Operations;

namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The mean of all elements.</summary>
    public Tensor Mean() => Mean([]);

    /// <summary>The mean over one axis, which is dropped or kept with size 1.</summary>
    public Tensor Mean(int axis, bool keepDims = false) => Mean([axis], keepDims);

    /// <summary>The mean over the given axes (none given: all), which are dropped or kept with size 1.</summary>
    public Tensor Mean(ReadOnlySpan<int> axes, bool keepDims = false)
    {
        var set = AxisSet.Of(axes, Shape, "Mean");
        var x = Cast(DType.ToFloating());
        return new Sum(set, keepDims).Apply(x) / set.ReducedSize(Shape);
    }
}
