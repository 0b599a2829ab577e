using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>An environment that changes another one. One that gives no space of observations of its own shows the other's, without a copy.</summary>
public abstract class Wrapper : Env
{
    readonly bool ownsObservation;

    /// <summary>Wraps an environment, which it owns from now on.</summary>
    /// <param name="inner">The environment inside.</param>
    /// <param name="observations">What the agent may see, if that changes.</param>
    /// <param name="actions">What it may do, if that changes.</param>
    protected Wrapper(Env inner, Space? observations = null, Space? actions = null)
        : base(observations ?? inner.ObservationSpace, actions ?? inner.ActionSpace, observations is not null) =>
        (Inner, ownsObservation) = (inner, observations is not null);

    /// <summary>The environment inside.</summary>
    public Env Inner { get; }

    /// <inheritdoc/>
    public override string Name => Inner.Name;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Info => Inner.Info;

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<byte> ObservationBytes => ownsObservation ? base.ObservationBytes : Inner.ObservationBytes;

    /// <inheritdoc/>
    public override Image Render() => Inner.Render();

    /// <inheritdoc/>
    protected override void Begin(long? seed) => Inner.Reset(seed);

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action) => Inner.Step(action);

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot) => Inner.Exchange(snapshot);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Inner.Dispose();
    }
}
