using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Dropout for self-normalizing networks: in training elements are set to −λα with probability <paramref name="rate"/>, and then all are scaled and
/// shifted so that mean 0 and variance 1 stay (Klambauer et al. 2017).</summary>
/// <param name="rate">The probability, in [0, 1).</param>
/// <param name="noiseShape">The shape of the mask, with −1 for sizes of the input; by default the input's.</param>
public sealed class AlphaDropout(double rate, int[]? noiseShape = null) : Layer
{
    const double Dropped = -1.0507009873554805 * 1.6732632423543772; // −λα, the least value of SELU

    readonly double rate = rate is >= 0 and < 1 ? rate : throw new ArgumentOutOfRangeException(nameof(rate), rate, "AlphaDropout: the rate must be in [0, 1).");

    internal static AlphaDropout FromConfig(Config c) => new(c.Double("rate"), c.Has("noise_shape") ? c.Ints("noise_shape") : null);

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["rate"], config["noise_shape"]) = (rate, noiseShape is null ? null : Config.Of(noiseShape));

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (!context.Training || rate == 0) return x;
        if (noiseShape is not null && noiseShape.Length != x.Rank)
            throw new ShapeException($"the noise shape ({string.Join(", ", noiseShape)}) has {noiseShape.Length} axes, but the input is {x.Shape}.");
        Shape shape = noiseShape is null ? x.Shape : [.. noiseShape.Select((size, axis) => size == -1 ? x.Shape[axis] : size)];
        var kept = (context.Random.Uniform(shape, dtype: x.DType) >= rate).Cast(x.DType);
        var a = 1 / Math.Sqrt((1 - rate) * (1 + (rate * Dropped * Dropped)));
        return (((x * kept) + ((1 - kept) * Dropped)) * a) - (a * Dropped * rate);
    }
}
