using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>The identity matrix times <paramref name="Gain"/>; for a matrix that is not square, identities side by side.</summary>
public sealed record Identity(double Gain = 1) : Initializer
{
    internal static Identity FromConfig(Config c) => new(c.Double("gain"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["gain"] = Gain };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32)
    {
        if (shape.Rank != 2) throw new ShapeException($"Identity: {shape} is no matrix.");
        var (rows, columns) = (shape[0], shape[1]);
        var (shorter, longer) = (Math.Min(rows, columns), Math.Max(rows, columns));
        if (shorter == 0 || longer % shorter != 0)
            throw new ShapeException($"Identity: of {shape} the longer side ({longer}) must be a multiple of the shorter ({shorter}).");
        var values = new double[rows * columns];
        for (var i = 0; i < longer; i++) values[rows > columns ? (i * columns) + (i % shorter) : (i % shorter * columns) + i] = Gain;
        return Tensor.From(values, shape).Cast(dtype);
    }
}
