namespace Strata;

public sealed partial class Tensor
{
    /// <summary>The Euclidean norm √Σx² of all elements.</summary>
    public Tensor Norm() => Norm([]);

    /// <summary>The Euclidean norm √Σx² over one axis, which is dropped or kept with size 1.</summary>
    public Tensor Norm(int axis, bool keepDims = false) => Norm([axis], keepDims);

    /// <summary>The Euclidean norm √Σx² over the given axes (none given: all), which are dropped or kept with size 1.</summary>
    public Tensor Norm(ReadOnlySpan<int> axes, bool keepDims = false) => Square().Sum(axes, keepDims).Sqrt();
}
