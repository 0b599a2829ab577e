using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>initial·((1 − α)(1 + cos(π·t/steps))/2 + α), and initial·α from t = steps on (Loshchilov and Hutter 2017, equation 5, one period).</summary>
/// <param name="Initial">The rate at t = 0.</param>
/// <param name="Steps">Updates until the end of the decay.</param>
/// <param name="Alpha">α: the last rate as a share of the first.</param>
public sealed record CosineDecay(double Initial, long Steps, double Alpha = 0) : Schedule
{
    internal static CosineDecay FromConfig(Config c) => new(c.Double("initial"), c.Long("steps"), c.Double("alpha"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["initial"] = Initial, ["steps"] = Steps, ["alpha"] = Alpha };

    /// <inheritdoc/>
    public override double At(long step) => Initial * (((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, Steps) / Steps))) + Alpha);
}
