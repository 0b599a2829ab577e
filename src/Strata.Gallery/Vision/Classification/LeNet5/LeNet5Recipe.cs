using Strata.Data;

namespace Strata.Gallery.Vision.Classification;

/// <summary>LeNet-5 learns digits, in both of its forms.</summary>
public sealed class LeNet5Recipe : Recipe
{
    const int FewImages = 1000;
    const int FewUpdates = 50;

    /// <inheritdoc/>
    public override string Id => "lenet5";

    /// <inheritdoc/>
    public override string Title => "LeNet-5";

    /// <inheritdoc/>
    public override Source Source => new("LeCun, Bottou, Bengio, Haffner", 1998, "Gradient-based learning applied to document recognition", "Proceedings of the IEEE 86(11)");

    /// <inheritdoc/>
    public override string Summary =>
        "Two convolutions with pooling and three dense layers read digits; a linear classifier on the same pixels and convolutions that may not learn do worse. "
        + "The network of 1998, with its sparse third layer and its distances to drawn codes, is trained beside it.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "4,000 generated digits, 400 updates; with --data the real MNIST, 5 epochs"),
        new("paper", "the network of 1998 on MNIST (--data), 20 epochs"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Optimizer: Adam instead of the stochastic diagonal Levenberg–Marquardt method (III.C), which is not what the paper claims.",
        "Codes of the output: the 7×12 drawings are this project's own (the paper shows its own in figure 3).",
        "Criterion (9): the paper gives no value for j; it is 1 here.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset == Preset.Paper
        ? [new("original", "The network of 1998 classifies this share of the MNIST test images (paper: 99.05 %)", Bound.Min(0.985))]
        :
        [
            new("accuracy", "LeNet-5 classifies this share of unseen digits", Bound.Min(realData ? 0.988 : 0.97), new("linear classifier", 0.04)),
            new("features", $"After {FewUpdates} updates on {FewImages:N0} images it classifies this share", Bound.Min(realData ? 0.7 : 0.8), new("convolutions frozen at random", 0.03)),
            new("original", "The network of 1998 classifies this share of unseen digits", Bound.Min(0.95), new("linear classifier", 0.04)),
        ];

    /// <inheritdoc/>
    public override ImageReader Reader => new(() => LeNet5.Create(0), [28, 28, 1], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper") RunPaper(run);
        else RunQuick(run);
    }

    static void RunQuick(Run run)
    {
        var digits = run.Data is { } folder ? Mnist.Load(folder) : GlyphDigits.Load(4000, 2000, run.SeedFor("digits"));
        var seed = run.SeedFor("weights");
        var trial = new DigitTrial(run, digits, run.Data is null ? 400 : 5 * (digits.Train.Images.Shape[0] + 63) / 64);
        run.Images("Digits to be read", digits.Test.Images[..30]);

        var lenet = LeNet5.Create(seed);
        var accuracy = trial.Accuracy("LeNet-5", lenet);
        trial.Show("LeNet-5", lenet);
        run.Save(lenet);
        var linear = trial.Accuracy("linear classifier", LinearClassifier.Create(seed));
        run.Measure("accuracy", accuracy, linear);

        var few = new DigitTrial(run, digits, FewUpdates, fixedSteps: true);
        run.Measure(
            "features",
            few.Accuracy($"LeNet-5 on {FewImages:N0} images", LeNet5.Create(seed), FewImages),
            few.Accuracy("frozen convolutions", LeNet5.Create(seed, trainConvolutions: false), FewImages));

        run.Measure("original", Original(trial, seed), linear);
    }

    static void RunPaper(Run run)
    {
        var digits = Mnist.Load(run.RequireData("the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)"));
        var trial = new DigitTrial(run, digits, 20 * digits.Train.Images.Shape[0] / 64);
        run.Measure("original", Original(trial, run.SeedFor("weights")));
    }

    static double Original(DigitTrial trial, long seed) =>
        trial.Accuracy("LeNet-5 of 1998", LeNet5Original.Create(seed), loss: new MaximumAPosteriori());
}
