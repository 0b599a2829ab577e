using Strata.Nn;

namespace Strata.Formats.TensorBoard;

/// <summary>Writes the logs of each epoch, and now and then the weights as histograms, to an event file that TensorBoard shows.</summary>
/// <param name="folder">The folder of the event file.</param>
/// <param name="histogramFrequency">After every how many epochs the weights are written; 0: never.</param>
/// <param name="everySteps">Whether the logs are also written after every so many steps, as <c>step_loss</c>, …; 0: only after epochs.</param>
public sealed class TensorBoardCallback(string folder = "logs", int histogramFrequency = 0, int everySteps = 0) : Callback
{
    EventWriter? writer;
    long step;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin() => (writer, step) = (new EventWriter(folder), 0);

    /// <inheritdoc/>
    protected internal override void OnBatchEnd(int step, Logs logs)
    {
        this.step++;
        if (everySteps <= 0 || this.step % everySteps != 0) return;
        foreach (var (name, value) in logs) writer!.Scalar($"step_{name}", this.step, value);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        foreach (var (name, value) in logs) writer!.Scalar(name, epoch, value);
        if (histogramFrequency > 0 && epoch % histogramFrequency == 0)
            foreach (var weight in Run.Model.Weights) writer!.Histogram(weight.Name, epoch, weight.Value.Cast(DType.Float32).ToArray<float>());
        writer!.Flush();
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd()
    {
        writer?.Dispose();
        writer = null;
    }

    /// <inheritdoc/>
    protected internal override void Save(State state) => state.Put("step", step);

    /// <inheritdoc/>
    protected internal override void Load(State state) => step = state.Integer("step");
}
