using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A rise from 0 to the first rate of another schedule over <paramref name="Steps"/> updates, then that schedule.</summary>
public sealed record WarmUp(Schedule Then, long Steps) : Schedule
{
    internal static WarmUp FromConfig(Config c) => new(c.Required<Schedule>("then"), c.Long("steps"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["then"] = Config.Of(Then), ["steps"] = Steps };

    /// <inheritdoc/>
    public override double At(long step) => step < Steps ? Then.At(0) * (step + 1) / Steps : Then.At(step - Steps);
}
