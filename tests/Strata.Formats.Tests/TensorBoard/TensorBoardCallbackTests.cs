using Strata.Formats.TensorBoard;
using Strata.Nn;

namespace Strata.Formats.Tests.TensorBoard;

public sealed class TensorBoardCallbackTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Logs_and_weights_of_a_training_are_in_the_event_file()
    {
        var model = new Sequential(new Dense(2)) { Seed = 1 };
        model.Compile("sgd", "mse", "mae");
        var x = Tensor.Ones([8, 3]);
        var history = model.Fit(
            x, Tensor.Zeros([8, 2]), batchSize: 4, epochs: 3, verbose: false, callbacks: [new TensorBoardCallback(folder, histogramFrequency: 2, everySteps: 2)]);

        var summaries = EventReader.Read(Directory.GetFiles(folder).Single());
        var losses = summaries.OfType<ScalarSummary>().Where(s => s.Tag == "loss").ToArray();
        Assert.Equal([0, 1, 2], losses.Select(s => s.Step));
        Assert.Equal(history["loss"].Select(v => (float)v), losses.Select(s => s.Value));
        Assert.Equal(3, summaries.OfType<ScalarSummary>().Count(s => s.Tag == "mean_absolute_error"));
        Assert.Equal([2, 4, 6], summaries.OfType<ScalarSummary>().Where(s => s.Tag == "step_loss").Select(s => s.Step));
        Assert.Equal([("dense_1/kernel", 0L), ("dense_1/bias", 0L), ("dense_1/kernel", 2L), ("dense_1/bias", 2L)], summaries.OfType<HistogramSummary>().Select(s => (s.Tag, s.Step)));
    }
}
