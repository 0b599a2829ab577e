using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>w·(r·clip(n, min, max) + (1 − r)·n)/(ε + n), with n the norm of w over the axes and r the rate.</summary>
public sealed record MinMaxNorm(double Minimum, double Maximum, double Rate, ValueList<int> Axes) : Constraint
{
    internal static MinMaxNorm FromConfig(Config c) => new(c.Double("min_value"), c.Double("max_value"), c.Double("rate"), [.. c.Ints("axis")]);

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["min_value"] = Minimum, ["max_value"] = Maximum, ["rate"] = Rate, ["axis"] = Config.Of(Axes.Span) };

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        var n = w.Square().Sum(Axes.Span, keepDims: true).Sqrt();
        var wanted = n.Clip(Minimum, Maximum);
        if (Rate != 1) wanted = (wanted * Rate) + (n * (1 - Rate));
        return w * (wanted / (n + Numerics.Epsilon));
    }
}
