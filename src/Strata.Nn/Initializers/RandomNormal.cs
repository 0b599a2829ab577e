using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Normal with the given mean and standard deviation.</summary>
public sealed record RandomNormal(double Mean = 0, double Deviation = 0.05) : Initializer
{
    internal static RandomNormal FromConfig(Config c) => new(c.Double("mean"), c.Double("stddev"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["mean"] = Mean, ["stddev"] = Deviation };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => random.Normal(shape, Mean, Deviation, dtype);
}
