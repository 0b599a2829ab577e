using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Always <paramref name="Rate"/>.</summary>
public sealed record ConstantRate(double Rate) : Schedule
{
    internal static ConstantRate FromConfig(Config c) => new(c.Double("rate"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["rate"] = Rate };

    /// <inheritdoc/>
    public override double At(long step) => Rate;
}
