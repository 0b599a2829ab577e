using System.Globalization;

namespace Strata.Nn;

/// <summary>Ends training when a number has not become better for some epochs.</summary>
/// <param name="monitor">The name of the number in the logs.</param>
/// <param name="minDelta">By how much it must be better to count.</param>
/// <param name="patience">How many epochs without improvement end training; 0 and 1 end it at the first.</param>
/// <param name="mode">Which direction is better.</param>
/// <param name="baseline">A number that must be beaten.</param>
/// <param name="restoreBestWeights">Whether to go back to the weights of the best epoch at the end.</param>
public sealed class EarlyStopping(
    string monitor = "val_loss",
    double minDelta = 0,
    int patience = 0,
    MonitorMode mode = MonitorMode.Auto,
    double? baseline = null,
    bool restoreBestWeights = false) : Callback
{
    readonly Improvement improvement = new(monitor, mode, Math.Abs(minDelta));
    Tensor[]? bestWeights;
    int wait;

    /// <summary>The epoch, from 0, after which training was stopped; null if it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The best number so far.</summary>
    public double Best => improvement.Best;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin()
    {
        improvement.Reset(baseline);
        (wait, bestWeights, StoppedEpoch) = (0, null, null);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        if (improvement.Take(improvement.Of(logs, nameof(EarlyStopping))))
        {
            wait = 0;
            if (restoreBestWeights) bestWeights = [.. Run.Model.GetWeights().Select(w => w.Keep())];
            return;
        }

        if (++wait < patience) return;
        StoppedEpoch = epoch;
        Run.StopTraining = true;
        if (bestWeights is not null) Run.Model.SetWeights(bestWeights);
    }

    /// <inheritdoc/>
    protected internal override void Save(State state)
    {
        state.Put("best", improvement.Best);
        state.Put("wait", wait);
        for (var i = 0; i < bestWeights?.Length; i++) state.Put(i.ToString(CultureInfo.InvariantCulture), bestWeights[i]);
        state.Put("weights", bestWeights?.Length ?? 0);
    }

    /// <inheritdoc/>
    protected internal override void Load(State state)
    {
        (improvement.Best, wait) = (state.Double("best"), (int)state.Integer("wait"));
        var count = (int)state.Integer("weights");
        bestWeights = count == 0 ? null : [.. Enumerable.Range(0, count).Select(i => state.Tensor(i.ToString(CultureInfo.InvariantCulture)).Keep())];
    }
}
