using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Uniform in [<paramref name="Low"/>, <paramref name="High"/>).</summary>
public sealed record RandomUniform(double Low = -0.05, double High = 0.05) : Initializer
{
    internal static RandomUniform FromConfig(Config c) => new(c.Double("minval"), c.Double("maxval"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["minval"] = Low, ["maxval"] = High };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => random.Uniform(shape, Low, High, dtype);
}
