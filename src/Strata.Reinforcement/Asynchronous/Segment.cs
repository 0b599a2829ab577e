namespace Strata.Reinforcement;

/// <summary>Up to t_max steps of one actor, from which it learns.</summary>
/// <param name="space">What an observation is.</param>
/// <param name="length">t_max.</param>
/// <param name="actionSize">The numbers of an action; 1 for a discrete one.</param>
public sealed class Segment(Space space, int length, int actionSize)
{
    readonly int bytes = space.Size * space.DType.Size();
    readonly byte[] observations = new byte[(length + 1) * space.Size * space.DType.Size()];
    readonly float[] actions = new float[length * actionSize];
    readonly float[] rewards = new float[length];

    /// <summary>Steps made.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the last step terminated the episode.</summary>
    public bool Terminated { get; private set; }

    /// <summary>Whether the last step ended the episode either way.</summary>
    public bool Done { get; private set; }

    /// <summary>Whether nothing more fits.</summary>
    public bool IsFull => Count == length || Done;

    /// <summary>The rewards of the steps.</summary>
    public ReadOnlySpan<float> Rewards => rewards.AsSpan(0, Count);

    /// <summary>The numbers of the actions of the steps.</summary>
    public ReadOnlySpan<float> Actions => actions.AsSpan(0, Count * actionSize);

    /// <summary>The observation at step <paramref name="t"/>; at <see cref="Count"/> the one behind the last step.</summary>
    public ReadOnlySpan<byte> Observation(int t) => observations.AsSpan(t * bytes, bytes);

    /// <summary>Begins at an observation.</summary>
    public void Begin(ReadOnlySpan<byte> observation)
    {
        (Count, Terminated, Done) = (0, false, false);
        observation.CopyTo(observations);
    }

    /// <summary>Adds a step.</summary>
    public void Add(ReadOnlySpan<float> action, StepResult result, double reward, ReadOnlySpan<byte> next)
    {
        action.CopyTo(actions.AsSpan(Count * actionSize));
        rewards[Count] = (float)reward;
        next.CopyTo(observations.AsSpan((Count + 1) * bytes));
        (Terminated, Done) = (result.Terminated, result.Done);
        Count++;
    }

    /// <summary>The observations before the steps [T, …], or with <paramref name="last"/> the one behind too.</summary>
    public Tensor States(bool last = false)
    {
        var n = Count + (last ? 1 : 0);
        return Observations.ToTensor(observations.AsSpan(0, n * bytes), space.Shape.Batch(n), space.DType);
    }

    /// <summary>The observations behind the steps [T, …].</summary>
    public Tensor NextStates() => Observations.ToTensor(observations.AsSpan(bytes, Count * bytes), space.Shape.Batch(Count), space.DType);

    /// <summary>Discrete actions [T, 1], int64.</summary>
    public Tensor DiscreteActions() => Tensor.From(Array.ConvertAll(Actions.ToArray(), a => (long)a), [Count, 1]);
}
