using Strata.Nn;

namespace Strata.Formats.Metrics;

/// <summary>Writes the course of a training to a run's folder, which <c>strata dashboard</c> and <c>strata plot</c> show.
/// <code>model.Fit(data, epochs: 5, callbacks: [new RunLogger("runs/mine")]);</code></summary>
/// <param name="folder">The folder; what an earlier training logged there is replaced.</param>
/// <param name="everySteps">After every how many steps the loss and metrics of the epoch so far are written; those of whole epochs always are. 0: never.</param>
public sealed class RunLogger(string folder, int everySteps = 10) : Callback
{
    MetricsWriter? writer;
    RunDescription? run;
    long step;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin()
    {
        Close();
        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, RunCurves.FileName));
        (writer, step) = (new MetricsWriter(Path.Combine(folder, RunCurves.FileName)), 0);
        run = new RunDescription { Title = Path.GetFileName(Path.GetFullPath(folder)), Started = DateTimeOffset.UtcNow, Process = Environment.ProcessId };
        run.Save(Path.Combine(folder, RunDescription.FileName));
    }

    /// <inheritdoc/>
    protected internal override void OnBatchEnd(int step, Logs logs)
    {
        if (++this.step % Math.Max(everySteps, 1) == 0 && everySteps > 0) Write(logs);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs) => Write(logs);

    /// <inheritdoc/>
    protected internal override void OnTrainEnd()
    {
        if (run is not null) (run with { Seconds = (DateTimeOffset.UtcNow - run.Started).TotalSeconds }).Save(Path.Combine(folder, RunDescription.FileName));
        Close();
    }

    /// <inheritdoc/>
    protected internal override void Save(State state) => state.Put("step", step);

    /// <inheritdoc/>
    protected internal override void Load(State state) => step = state.Integer("step");

    void Write(Logs logs) => writer!.Write(step, [.. logs.Select(l => (l.Key, l.Value))]);

    void Close()
    {
        writer?.Dispose();
        writer = null;
    }
}
