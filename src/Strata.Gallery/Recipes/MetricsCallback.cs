using Strata.Nn;

namespace Strata.Gallery;

/// <summary>Logs the course of one training of a run: every so many steps and at the end of each epoch.</summary>
internal sealed class MetricsCallback(RunFolder folder, string title) : Callback
{
    const int Every = 10; // steps
    long step;

    /// <inheritdoc/>
    protected override void OnBatchEnd(int step, Logs logs)
    {
        if (++this.step % Every == 0) Log(logs);
    }

    /// <inheritdoc/>
    protected override void OnEpochEnd(int epoch, Logs logs)
    {
        if (step % Every != 0 || logs.Any(l => l.Key.StartsWith("val_", StringComparison.Ordinal))) Log(logs);
    }

    void Log(Logs logs)
    {
        foreach (var (name, value) in logs) folder.Metric($"{title}/{name}", step, value);
    }
}
