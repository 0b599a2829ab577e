namespace Strata.Nn;

/// <summary>Something done along the way of training. Training tells what happens; a callback shows it, saves it or steps in.</summary>
public abstract class Callback
{
    TrainingRun? run;

    /// <summary>The training that this callback is part of.</summary>
    public TrainingRun Run
    {
        get => run ?? throw new InvalidOperationException($"{GetType().Name}: no training is under way.");
        internal set => run = value;
    }

    /// <summary>Training begins.</summary>
    protected internal virtual void OnTrainBegin()
    {
    }

    /// <summary>Training ends, whether it came to its end or was stopped (not when it failed).</summary>
    protected internal virtual void OnTrainEnd()
    {
    }

    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    protected internal virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>An epoch ends.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="logs">Means over the epoch, and those of validation with <c>val_</c> before the name. What a callback adds, later ones see.</param>
    protected internal virtual void OnEpochEnd(int epoch, Logs logs)
    {
    }

    /// <summary>A step begins.</summary>
    /// <param name="step">Its number in the epoch, from 0.</param>
    protected internal virtual void OnBatchBegin(int step)
    {
    }

    /// <summary>A step ends.</summary>
    /// <param name="step">Its number in the epoch, from 0.</param>
    /// <param name="logs">Means over the epoch up to here.</param>
    protected internal virtual void OnBatchEnd(int step, Logs logs)
    {
    }

    /// <summary>The loss of a step is NaN or infinite, and no update was made.</summary>
    /// <returns>Whether training should end quietly instead of failing.</returns>
    protected internal virtual bool OnNonFiniteLoss(NonFiniteLossException failure) => false;

    /// <summary>Writes what the callback remembers, for a checkpoint.</summary>
    protected internal virtual void Save(State state)
    {
    }

    /// <summary>Reads what <see cref="Save"/> wrote. Comes after <see cref="OnTrainBegin"/>.</summary>
    protected internal virtual void Load(State state)
    {
    }
}
