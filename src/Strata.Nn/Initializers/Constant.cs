using Strata.Random;

namespace Strata.Nn;

/// <summary>Every element is <paramref name="Value"/>.</summary>
public sealed record Constant(double Value = 0) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => Tensor.Full(shape, Value, dtype);
}
