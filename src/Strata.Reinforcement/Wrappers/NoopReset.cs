namespace Strata.Reinforcement;

/// <summary>Begins episodes with a random number of actions that do nothing, so that a deterministic game does not always begin alike.</summary>
/// <param name="inner">The environment.</param>
/// <param name="most">The most such actions, at least 1; their number is uniform in 1 … most.</param>
/// <param name="noop">The action that does nothing.</param>
public sealed class NoopReset(Env inner, int most = 30, int noop = 0) : Wrapper(inner)
{
    readonly NumpyRandom random = new(System.Random.Shared.NextInt64());

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        if (seed is { } s) random.Seed(s);
        base.Begin(seed);
        for (var left = 1 + random.NextInt(most); left > 0; left--)
            if (Inner.Step(noop).Done) Inner.Reset();
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        random.Transfer(snapshot);
    }
}
