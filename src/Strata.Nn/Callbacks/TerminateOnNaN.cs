namespace Strata.Nn;

/// <summary>Ends training quietly when the loss becomes NaN or infinite; without it, training fails with <see cref="NonFiniteLossException"/>.</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <summary>What happened; null if nothing did.</summary>
    public NonFiniteLossException? Failure { get; private set; }

    /// <inheritdoc/>
    protected internal override void OnTrainBegin() => Failure = null;

    /// <inheritdoc/>
    protected internal override bool OnNonFiniteLoss(NonFiniteLossException failure)
    {
        Failure = failure;
        return true;
    }
}
