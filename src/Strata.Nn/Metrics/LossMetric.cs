using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The mean of a loss.</summary>
internal sealed class LossMetric(Loss loss) : MeanMetric(loss.Name, loss.PerExample)
{
    internal static LossMetric FromConfig(Config c) => new(c.Required<Loss>("loss"));

    public override string? FunctionName => null;

    public override JsonObject GetConfig() => new() { ["loss"] = Config.Of(loss) };
}
