using Strata.Data;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Trains image classifiers alike on one data set and judges them on its test images: what the small recipes share.</summary>
/// <param name="run">The run that is told.</param>
/// <param name="data">Images and labels.</param>
/// <param name="steps">Updates of each training when the run does not say how many epochs.</param>
/// <param name="batch">Examples of an update.</param>
/// <param name="fixedSteps">Whether the number of updates stands, whatever epochs the run is asked for.</param>
public sealed class DigitTrial(Run run, ImageDataset data, int steps, int batch = 64, bool fixedSteps = false)
{
    /// <summary>Images and labels.</summary>
    public ImageDataset Data { get; } = data;

    /// <summary>The updates of one training.</summary>
    public int Steps { get; } = !fixedSteps && run.Epochs is { } epochs ? epochs * ((data.Train.Images.Shape[0] + batch - 1) / batch) : steps;

    /// <summary>Trains with Adam at 10⁻³ (or another optimizer; on real data the rate falls to 0 along a cosine) and gives the accuracy on the test images.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="model">The model, not compiled.</param>
    /// <param name="images">Trains on the first so many images; null: on all.</param>
    /// <param name="loss">By default the cross-entropy of probabilities.</param>
    /// <param name="optimizer">By default Adam.</param>
    /// <param name="callback">What else to do in the course of it.</param>
    public double Accuracy(string title, Model model, int? images = null, Loss? loss = null, Optimizer? optimizer = null, Callback? callback = null)
    {
        model.Compile(optimizer ?? new Adam(run.Data is null || fixedSteps ? 0.001 : new CosineDecay(0.001, Steps)), loss ?? Loss.SparseCategoricalCrossentropy, Metric.SparseCategoricalAccuracy);
        var examples = images is { } n ? Data.Train.Take(n) : Data.Train;
        var batches = examples.Shuffle(run.SeedFor("order")).Repeat().Batch(batch).Take(Steps);
        run.Fit(title, model, batches, callback: callback);
        return model.Evaluate(Data.Test.Batch(256))["sparse_categorical_accuracy"];
    }

    /// <summary>Shows in the report what a model, whose outputs are probabilities, makes of the test images.</summary>
    public void Show(string title, Model model) => run.Predictions(title, Data.Test.Images, Data.Test.Labels, model.Predict(Data.Test.Images, 256));
}
