using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>initial·factor^⌊t/steps⌋.</summary>
public sealed record StepDecay(double Initial, long Steps, double Factor = 0.1) : Schedule
{
    internal static StepDecay FromConfig(Config c) => new(c.Double("initial"), c.Long("steps"), c.Double("factor"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["initial"] = Initial, ["steps"] = Steps, ["factor"] = Factor };

    /// <inheritdoc/>
    public override double At(long step) => Initial * Math.Pow(Factor, step / Steps);
}
