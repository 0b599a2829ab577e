using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Normal with the given mean and standard deviation, without what lies more than two deviations from the mean.</summary>
public sealed record TruncatedNormal(double Mean = 0, double Deviation = 0.05) : Initializer
{
    internal static TruncatedNormal FromConfig(Config c) => new(c.Double("mean"), c.Double("stddev"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["mean"] = Mean, ["stddev"] = Deviation };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => random.TruncatedNormal(shape, Mean, Deviation, dtype);
}
