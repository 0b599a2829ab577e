using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Local attention that predicts where to look: the center is S·sigmoid(v·tanh(q·W)) for S keys (local-p; Luong, Pham and Manning 2015, equation 9), and
/// weights fall off around it.</summary>
/// <param name="width">D, how far the window reaches to both sides.</param>
/// <param name="units">The size of the hidden layer.</param>
public sealed class PredictiveWindow(int width, int units) : AttentionWindow(width, gaussian: true)
{
    Variable w = null!, v = null!;

    internal static PredictiveWindow FromConfig(Config c) => new(c.Int("width"), c.Int("units"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["width"], config["units"]) = (Width, units);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        w = Weight("kernel", [x[^1], units], Initializer.GlorotUniform);
        v = Weight("position", [units, 1], Initializer.GlorotUniform);
    }

    /// <inheritdoc/>
    protected override Tensor Centers(Tensor queries, Tensor lengths) => lengths * queries.MatMul(w).Tanh().MatMul(v).Squeeze(-1).Sigmoid();
}
