using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Every element is <paramref name="Value"/>.</summary>
public sealed record Constant(double Value = 0) : Initializer
{
    internal static Constant FromConfig(Config c) => new(c.Double("value"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["value"] = Value };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32) => Tensor.Full(shape, Value, dtype);
}
