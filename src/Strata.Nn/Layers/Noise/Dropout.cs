using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>In training each element is dropped with probability <paramref name="rate"/>, the others are multiplied by 1/(1 − rate); otherwise y = x
/// (Srivastava et al. 2014).</summary>
/// <param name="rate">The probability, clipped to [0, 1].</param>
/// <param name="noiseShape">The shape of the mask, which is broadcast to the input, with −1 for sizes of the input: (−1, 1, 1, −1) drops
/// whole channels of images. By default the input's shape.</param>
public sealed class Dropout(double rate, int[]? noiseShape = null) : Layer
{
    readonly double rate = Math.Clamp(rate, 0, 1);

    internal static Dropout FromConfig(Config c) => new(c.Double("rate"), c.Has("noise_shape") ? c.Ints("noise_shape") : null);

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["rate"], config["noise_shape"]) = (rate, noiseShape is null ? null : Config.Of(noiseShape));

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (!context.Training) return x;
        if (noiseShape is not null && noiseShape.Length != x.Rank)
            throw new ShapeException($"the noise shape ({string.Join(", ", noiseShape)}) has {noiseShape.Length} axes, but the input is {x.Shape}.");
        Shape shape = noiseShape is null ? x.Shape : [.. noiseShape.Select((size, axis) => size == -1 ? x.Shape[axis] : size)];
        return Drop(x, shape, rate, context);
    }

    /// <summary>x with elements of a mask of this shape dropped, in training.</summary>
    internal static Tensor Drop(Tensor x, Shape shape, double rate, CallContext context)
    {
        if (!context.Training || rate == 0) return x;
        if (rate == 1) return Tensor.ZerosLike(x);
        return x * ((context.Random.Uniform(shape, dtype: x.DType) >= rate).Cast(x.DType) * (1 / (1 - rate)));
    }
}
