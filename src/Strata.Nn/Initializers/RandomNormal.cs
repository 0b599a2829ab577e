using Strata.Random;

namespace Strata.Nn;

/// <summary>Normal with the given mean and standard deviation.</summary>
public sealed record RandomNormal(double Mean = 0, double Deviation = 0.05) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => random.Normal(shape, Mean, Deviation, dtype);
}
