using Strata.Random;

namespace Strata.Nn;

/// <summary>Normal with the given mean and standard deviation, without what lies more than two deviations from the mean.</summary>
public sealed record TruncatedNormal(double Mean = 0, double Deviation = 0.05) : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => random.TruncatedNormal(shape, Mean, Deviation, dtype);
}
