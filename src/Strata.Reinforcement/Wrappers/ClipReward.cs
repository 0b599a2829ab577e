namespace Strata.Reinforcement;

/// <summary>Clips rewards to an interval, for learning only: what is reported is the score of the environment inside.</summary>
/// <param name="inner">The environment.</param>
/// <param name="low">The least reward.</param>
/// <param name="high">The largest.</param>
public sealed class ClipReward(Env inner, double low = -1, double high = 1) : Wrapper(inner)
{
    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        return result with { Reward = Math.Clamp(result.Reward, low, high) };
    }
}
