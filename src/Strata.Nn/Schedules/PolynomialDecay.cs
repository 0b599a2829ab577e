using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>(initial − final)(1 − t/steps)^power + final, and final from t = steps on.</summary>
public sealed record PolynomialDecay(double Initial, long Steps, double Final = 1e-4, double Power = 1) : Schedule
{
    internal static PolynomialDecay FromConfig(Config c) => new(c.Double("initial"), c.Long("steps"), c.Double("final"), c.Double("power"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["initial"] = Initial, ["steps"] = Steps, ["final"] = Final, ["power"] = Power };

    /// <inheritdoc/>
    public override double At(long step) => ((Initial - Final) * Math.Pow(1 - ((double)Math.Min(step, Steps) / Steps), Power)) + Final;
}
