using System.Text.Json.Nodes;
using Strata.Random;

namespace Strata.Nn;

/// <summary>Variance <paramref name="Scale"/>/n, where n counts the connections of a unit, so that signals keep their size from layer to layer.</summary>
/// <param name="Scale">The numerator.</param>
/// <param name="Mode">What n counts.</param>
/// <param name="Uniform">Uniform with the limit √(3·scale/n); otherwise normal with the deviation √(scale/n), cut at two deviations and
/// widened before by 1/.87962566 so that the variance is right after the cut.</param>
public sealed record VarianceScaling(double Scale = 1, FanMode Mode = FanMode.In, bool Uniform = false) : Initializer
{
    const double DeviationOfTruncated = 0.87962566103423978; // of the standard normal distribution cut at ±2

    internal static VarianceScaling FromConfig(Config c) => new(
        c.Double("scale"),
        c.Text("mode") switch { "fan_in" => FanMode.In, "fan_out" => FanMode.Out, "fan_avg" => FanMode.Average, _ => throw c.Wrong("mode", "fan_in, fan_out or fan_avg") },
        c.Text("distribution") switch { "uniform" => true, "normal" or "truncated_normal" => false, _ => throw c.Wrong("distribution", "uniform or normal") });

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["scale"] = Scale, ["mode"] = Mode switch { FanMode.In => "fan_in", FanMode.Out => "fan_out", _ => "fan_avg" }, ["distribution"] = Uniform ? "uniform" : "normal" };

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, RandomStream random, DType dtype = DType.Float32)
    {
        var (fanIn, fanOut) = Fans(shape);
        var n = Math.Max(1, Mode switch { FanMode.In => fanIn, FanMode.Out => fanOut, _ => (fanIn + fanOut) / 2 });
        if (Uniform)
        {
            var limit = Math.Sqrt(3 * Scale / n);
            return random.Uniform(shape, -limit, limit, dtype);
        }

        return random.TruncatedNormal(shape, 0, Math.Sqrt(Scale / n) / DeviationOfTruncated, dtype);
    }

    /// <summary>Connections of a unit: of a matrix [in, out] its sizes; of a convolution kernel [k…, in, out] the receptive field times
    /// the channels; of anything else √(number of elements).</summary>
    public static (double In, double Out) Fans(Shape shape)
    {
        switch (shape.Rank)
        {
            case 2:
                return (shape[0], shape[1]);
            case >= 3:
                var receptive = (double)shape[..^2].Size;
                return (receptive * shape[^2], receptive * shape[^1]);
            default:
                var root = Math.Sqrt(shape.Size);
                return (root, root);
        }
    }
}
