namespace Strata.Reinforcement;

/// <summary>Cuts episodes after so many steps: the last is truncated, not terminated.</summary>
/// <param name="inner">The environment.</param>
/// <param name="steps">The most steps of an episode, at least 1.</param>
public sealed class TimeLimit(Env inner, int steps) : Wrapper(inner)
{
    int taken;

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        taken = 0;
        base.Begin(seed);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        return ++taken >= steps ? result with { Truncated = true } : result;
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Value(ref taken);
    }
}
