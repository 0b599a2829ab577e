namespace Strata.Nn;

/// <summary>Multiplies the learning rate by a factor when a number has not become better for some epochs. Logs the rate as <c>lr</c>.</summary>
/// <param name="monitor">The name of the number in the logs.</param>
/// <param name="factor">What the rate is multiplied by, below 1.</param>
/// <param name="patience">How many epochs without improvement to wait.</param>
/// <param name="mode">Which direction is better.</param>
/// <param name="minDelta">By how much it must be better to count.</param>
/// <param name="cooldown">How many epochs to leave out after a reduction before waiting again.</param>
/// <param name="minRate">The least rate.</param>
public sealed class ReduceLROnPlateau(
    string monitor = "val_loss",
    double factor = 0.1,
    int patience = 10,
    MonitorMode mode = MonitorMode.Auto,
    double minDelta = 1e-4,
    int cooldown = 0,
    double minRate = 0) : Callback
{
    readonly double factor = factor < 1 ? factor : throw new ArgumentOutOfRangeException(nameof(factor), factor, "ReduceLROnPlateau: the factor must be below 1.");
    readonly Improvement improvement = new(monitor, mode, minDelta);
    int wait, cooling;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin()
    {
        improvement.Reset();
        (wait, cooling) = (0, 0);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        var optimizer = Run.Model.Optimizer;
        logs["lr"] = optimizer.LearningRate;
        if (cooling > 0)
        {
            cooling--;
            wait = 0;
        }

        if (improvement.Take(improvement.Of(logs, nameof(ReduceLROnPlateau))))
        {
            wait = 0;
        }
        else if (cooling == 0 && ++wait >= patience && optimizer.LearningRate > minRate)
        {
            optimizer.LearningRate = Math.Max(optimizer.LearningRate * factor, minRate);
            (cooling, wait) = (cooldown, 0);
        }
    }

    /// <inheritdoc/>
    protected internal override void Save(State state)
    {
        state.Put("best", improvement.Best);
        state.Put("wait", wait);
        state.Put("cooling", cooling);
    }

    /// <inheritdoc/>
    protected internal override void Load(State state) =>
        (improvement.Best, wait, cooling) = (state.Double("best"), (int)state.Integer("wait"), (int)state.Integer("cooling"));
}
