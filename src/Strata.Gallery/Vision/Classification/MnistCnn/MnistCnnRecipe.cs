using Strata.Data;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>The lecture's first convolutional network.</summary>
public sealed class MnistCnnRecipe : Recipe
{
    const int ComparedSteps = 20;

    /// <inheritdoc/>
    public override string Id => "mnist-cnn";

    /// <inheritdoc/>
    public override string Title => "A small CNN for digits";

    /// <inheritdoc/>
    public override Source Source => new("Lecture notebooks on Keras", 2018, "Classification on MNIST with a CNN", "Keras 2, after LeCun et al. 1998");

    /// <inheritdoc/>
    public override string Summary =>
        "Convolution, pooling and dropout as the lectures introduce them: the network leaves a linear classifier on the same pixels behind, "
        + "and the library's training loop takes the very steps of one written by hand.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "4,000 generated digits, 300 updates"),
        new("paper", "MNIST (--data), 12 epochs"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => ["The Keras 1 names of the slides (border_mode, positional kernel sizes) became padding and kernel."];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("accuracy", "The network classifies this share of unseen digits", Bound.Min(realData ? 0.985 : 0.97), new("linear classifier", 0.04)),
        new("history", $"The loss of Fit differs from that of a loop by hand over {ComparedSteps} steps by at most", Bound.Max(1e-5)),
    ];

    /// <inheritdoc/>
    public override ImageReader Reader => new(() => MnistCnn.Create(0), [28, 28, 1], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        var paper = run.Preset.Name == "paper";
        var folder = paper ? run.RequireData("the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)") : run.Data;
        var digits = folder is null ? GlyphDigits.Load(4000, 2000, run.SeedFor("digits")) : Mnist.Load(folder);
        var seed = run.SeedFor("weights");
        var trial = new DigitTrial(run, digits, paper ? 12 * digits.Train.Images.Shape[0] / 64 : folder is null ? 300 : digits.Train.Images.Shape[0] / 64);
        run.Images("Digits to be read", digits.Test.Images[..30]);

        var cnn = MnistCnn.Create(seed);
        var accuracy = trial.Accuracy("CNN", cnn);
        trial.Show("CNN", cnn);
        run.Save(cnn);
        run.Measure("accuracy", accuracy, trial.Accuracy("linear classifier", LinearClassifier.Create(seed)));
        run.Measure("history", HistoryDifference(run, digits));
    }

    // The same batches and first weights, once through Fit and once through gradients and updates by hand.
    static double HistoryDifference(Run run, ImageDataset digits)
    {
        var batches = digits.Train.Shuffle(run.SeedFor("order")).Batch(64).Take(ComparedSteps);
        var seed = run.SeedFor("compared");

        var fitted = MnistCnn.Create(seed);
        var losses = new List<double>();
        fitted.Compile(new Adam(0.001), Loss.SparseCategoricalCrossentropy);
        foreach (var (x, y) in batches.Epoch(0)) losses.Add(fitted.TrainOnBatch(x, y)["loss"]);

        var model = MnistCnn.Create(seed);
        model.BuildFor([28, 28, 1]);
        var optimizer = new Adam(0.001);
        var difference = 0.0;
        var step = 0;
        foreach (var (x, y) in batches.Epoch(0))
        {
            var (loss, gradients) = Gradient.ValueAndGradient(
                () => Loss.SparseCategoricalCrossentropy.PerExample(y, model.Apply(x, training: true)).Mean(),
                model.TrainableWeights);
            optimizer.Apply(model.TrainableWeights, gradients);
            difference = Math.Max(difference, Math.Abs(loss.Item() - losses[step++]));
        }

        return difference;
    }
}
