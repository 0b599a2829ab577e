namespace Strata.Nn;

/// <summary>Sets the learning rate before each epoch. Logs it as <c>lr</c>.</summary>
/// <param name="schedule">From the number of the epoch (from 0) and the rate so far to the rate.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule) : Callback
{
    /// <inheritdoc/>
    protected internal override void OnEpochBegin(int epoch)
    {
        if (Run.Step == 0) Run.Model.Optimizer.LearningRate = schedule(epoch, Run.Model.Optimizer.LearningRate); // not again when a run goes on within an epoch
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs) => logs["lr"] = Run.Model.Optimizer.LearningRate;
}
