using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>initial/(1 + factor·t/steps).</summary>
public sealed record InverseTimeDecay(double Initial, long Steps, double Factor) : Schedule
{
    internal static InverseTimeDecay FromConfig(Config c) => new(c.Double("initial"), c.Long("steps"), c.Double("factor"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["initial"] = Initial, ["steps"] = Steps, ["factor"] = Factor };

    /// <inheritdoc/>
    public override double At(long step) => Initial / (1 + (Factor * step / Steps));
}
