using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>initial·factor^(t/steps).</summary>
public sealed record ExponentialDecay(double Initial, long Steps, double Factor) : Schedule
{
    internal static ExponentialDecay FromConfig(Config c) => new(c.Double("initial"), c.Long("steps"), c.Double("factor"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["initial"] = Initial, ["steps"] = Steps, ["factor"] = Factor };

    /// <inheritdoc/>
    public override double At(long step) => Initial * Math.Pow(Factor, (double)step / Steps);
}
