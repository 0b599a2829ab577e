namespace Strata;

/// <summary>What is known of a tensor before its elements: shape and element type.</summary>
public readonly record struct TensorType(Shape Shape, DType DType)
{
    /// <summary>As in <c>float32 [128, 10]</c>.</summary>
    public override string ToString() => $"{DType.Name()} {Shape}";
}
