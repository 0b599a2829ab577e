namespace Strata.Reinforcement;

/// <summary>Replaces a discrete action by the last one with a probability (Machado et al. 2018).</summary>
/// <param name="inner">The environment.</param>
/// <param name="probability">How often, .25 in the cited work.</param>
public sealed class StickyActions(Env inner, double probability = 0.25) : Wrapper(inner)
{
    readonly NumpyRandom random = new(System.Random.Shared.NextInt64());
    int last;

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        if (seed is { } s) random.Seed(s);
        last = 0;
        base.Begin(seed);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        if (!random.Chance(probability)) last = action.Index;
        return Inner.Step(last);
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        random.Transfer(snapshot);
        snapshot.Value(ref last);
    }
}
