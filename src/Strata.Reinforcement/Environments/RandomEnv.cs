namespace Strata.Reinforcement;

/// <summary>An environment of this library, with random numbers of its own.</summary>
public abstract class RandomEnv : Env
{
    NumpyRandom? random;

    /// <inheritdoc/>
    protected RandomEnv(Space observations, Space actions)
        : base(observations, actions)
    {
    }

    /// <summary>The random numbers; before the first seed from the system's.</summary>
    protected NumpyRandom Random => random ??= new NumpyRandom(System.Random.Shared.NextInt64());

    /// <inheritdoc/>
    protected sealed override void Begin(long? seed)
    {
        if (seed is { } s)
        {
            if (random is null) random = new NumpyRandom(s);
            else random.Seed(s);
        }

        Begin();
    }

    /// <summary>Begins an episode and writes its first observation.</summary>
    protected abstract void Begin();

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot) => Random.Transfer(snapshot);
}
