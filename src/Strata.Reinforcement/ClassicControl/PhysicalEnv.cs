namespace Strata.Reinforcement;

/// <summary>A mechanical system with a state in double precision and observations in single.</summary>
public abstract class PhysicalEnv : RandomEnv
{
    private protected readonly double[] s;

    private protected PhysicalEnv(int variables, Box observations, Space actions)
        : base(observations, actions) => s = new double[variables];

    /// <summary>The state, in the environment's order and units.</summary>
    public ReadOnlySpan<double> State => s;

    /// <summary>Puts the system into a state and begins an episode there.</summary>
    /// <exception cref="EnvironmentException">There are not as many numbers as the state has, or one is not finite.</exception>
    public void SetState(params ReadOnlySpan<double> state)
    {
        if (state.Length != s.Length) throw new EnvironmentException($"{Name}: the state has {s.Length} numbers, but {state.Length} were given.");
        foreach (var x in state)
            if (!double.IsFinite(x)) throw new EnvironmentException($"{Name}: a state cannot hold {x}.");
        state.CopyTo(s);
        Observe(Writable<float>());
        Resume();
    }

    /// <inheritdoc/>
    protected sealed override void Begin()
    {
        Draw();
        Observe(Writable<float>());
    }

    /// <summary>Draws a first state.</summary>
    private protected abstract void Draw();

    /// <summary>Writes what is seen of the state; the state itself unless overridden.</summary>
    private protected virtual void Observe(Span<float> observation)
    {
        for (var i = 0; i < s.Length; i++) observation[i] = (float)s[i];
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot)
    {
        base.Transfer(snapshot);
        snapshot.Values(s.AsSpan());
    }
}
