using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>−ln Σ_k π_k·Π_i N(y_i | μ_ki, σ_ki²), computed as a logarithm of a sum of exponentials (Bishop 1994, equation 29);  y […, size],
/// predictions […, components·(1 + 2·size)] of a <see cref="MixtureDensity"/>.</summary>
/// <param name="size">Numbers of a target.</param>
/// <param name="components">Normal distributions of the mixture.</param>
public sealed class MixtureDensityLoss(int size, int components) : Loss("mixture_density")
{
    internal static MixtureDensityLoss FromConfig(Config c) => new(c.Int("size"), c.Int("components"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["size"] = size, ["components"] = components };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor targets, Tensor predictions)
    {
        var (logits, means, logDeviations) = MixtureDensity.Parts(predictions, size, components);
        var z = (targets.ExpandDims(-2) - means) * (-logDeviations).Exp();
        var logDensities = -((z.Square() * 0.5) + logDeviations).Sum(-1) - (0.5 * size * Math.Log(2 * Math.PI));
        return -(logits.LogSoftmax() + logDensities).LogSumExp(-1);
    }

    /// <inheritdoc/>
    protected override Tensor Fit(Tensor targets, Tensor predictions)
    {
        if (predictions.Shape[^1] != components * (1 + (2 * size)))
            throw new ShapeException($"{Name}: predictions are {predictions.Shape}, but {components} components of {size} numbers need {components * (1 + (2 * size))} on the last axis.");
        Shape wanted = [.. predictions.Shape[..^1], size];
        if (targets.Shape != wanted && !(size == 1 && targets.Shape == predictions.Shape[..^1]))
            throw new ShapeException($"{Name}: targets are {targets.Shape}, but predictions {predictions.Shape} need targets {wanted}.");
        return targets.Cast(predictions.DType).Reshape(wanted.Span);
    }
}
