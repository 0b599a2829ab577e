namespace Strata.Reinforcement;

/// <summary>Shows the last few observations as one; see <see cref="FrameHistory"/>.</summary>
public sealed class FrameStack : Wrapper
{
    readonly FrameHistory history;

    /// <summary>Wraps an environment whose observations are of a <see cref="Box"/>.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="count">How many observations are put together.</param>
    /// <exception cref="EnvironmentException">The observations are not of a box.</exception>
    public FrameStack(Env inner, int count = 4)
        : base(inner, Stacked(inner, count)) => history = new FrameHistory(inner.ObservationSpace, count);

    static Box Stacked(Env inner, int count) => inner.ObservationSpace is Box box
        ? new Box(box.Low.ToArray().Min(), box.High.ToArray().Max(), FrameHistory.Stacked(box, count), box.DType)
        : throw new EnvironmentException($"FrameStack: observations of {inner.Name} are {inner.ObservationSpace}; a Box fits.");

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        base.Begin(seed);
        history.Begin(Inner.ObservationBytes);
        history.CopyTo(Writable<byte>());
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        history.Push(Inner.ObservationBytes);
        history.CopyTo(Writable<byte>());
        return result;
    }
}
