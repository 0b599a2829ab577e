namespace Strata.Nn;

/// <summary>Functions called along the way of training.</summary>
public sealed class LambdaCallback : Callback
{
    /// <summary>Called as training begins.</summary>
    public Action<TrainingRun>? TrainBegin { get; init; }

    /// <summary>Called as training ends.</summary>
    public Action<TrainingRun>? TrainEnd { get; init; }

    /// <summary>Called as an epoch begins, with its number from 0.</summary>
    public Action<int>? EpochBegin { get; init; }

    /// <summary>Called as an epoch ends, with its number from 0.</summary>
    public Action<int, Logs>? EpochEnd { get; init; }

    /// <summary>Called as a step begins, with its number from 0.</summary>
    public Action<int>? BatchBegin { get; init; }

    /// <summary>Called as a step ends, with its number from 0.</summary>
    public Action<int, Logs>? BatchEnd { get; init; }

    /// <inheritdoc/>
    protected internal override void OnTrainBegin() => TrainBegin?.Invoke(Run);

    /// <inheritdoc/>
    protected internal override void OnTrainEnd() => TrainEnd?.Invoke(Run);

    /// <inheritdoc/>
    protected internal override void OnEpochBegin(int epoch) => EpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs) => EpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    protected internal override void OnBatchBegin(int step) => BatchBegin?.Invoke(step);

    /// <inheritdoc/>
    protected internal override void OnBatchEnd(int step, Logs logs) => BatchEnd?.Invoke(step, logs);
}
