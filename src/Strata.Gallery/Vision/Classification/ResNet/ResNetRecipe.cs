using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Deeper plain networks train worse; deeper residual networks do not.</summary>
public sealed class ResNetRecipe : Recipe
{
    const int Batch = 128, Steps = 64_000;
    const int Size = 16, Part = 50, QuickParts = 12; // pixels; updates that a loss is the mean of; 600 updates

    // Test errors of table 6 in percent; accuracies in percent that torchvision states for its first weights, one crop of 224 pixels.
    static readonly (int Depth, double Error)[] cifar = [(20, 8.75), (32, 7.51), (44, 7.17), (56, 6.97), (110, 6.43)];
    static readonly (int Depth, double Accuracy)[] imageNet = [(18, 69.76), (34, 73.31), (50, 76.13), (101, 77.37), (152, 78.31)];

    /// <inheritdoc/>
    public override string Id => "resnet";

    /// <inheritdoc/>
    public override string Title => "Residual networks";

    /// <inheritdoc/>
    public override Source Source => new("He, Zhang, Ren, Sun", 2015, "Deep residual learning for image recognition", "arXiv:1512.03385");

    /// <inheritdoc/>
    public override string Summary =>
        "A plain network of 56 layers does worse on its own training pictures than one of 20: the degradation. With shortcuts that add a block's input to its output "
        + "and have no weights, both depths learn.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "4,096 generated pictures, 20 and 56 layers of 8, 16 and 32 channels, 600 updates of 64 each; with --data ResNet-20 on the CIFAR-10 files that are there, 12 epochs"),
        new("paper", "figure 6: plain networks of 20 to 56 and residual ones of 20 to 110 layers on CIFAR-10 (--data), 64,000 updates each"),
        .. cifar.Select(c => new Preset($"cifar{c.Depth}", $"ResNet-{c.Depth} alone on CIFAR-10 (--data), 64,000 updates")),
        .. imageNet.Select(i => new Preset($"imagenet{i.Depth}", $"torchvision's weights, resnet{i.Depth}.pth in --data, on ImageNet's validation pictures in its folder val/, one folder a class")),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Depth 110 starts with 400 updates at .01, as many as the paper says it took until the training error was below 80 %.",
        "The linear layer begins with weights of deviation .01: with He's the first losses are above 3, and deep networks take a hundred updates to recover.",
        "Option A adds the channels of zeros behind the others; the paper does not say where.",
        "ImageNet: torchvision's networks halve the size in the 3×3 convolution of a bottleneck, the paper in its first 1×1 (strideIn3x3); training on ImageNet is not among the presets.",
        "The classes of a model of ImageNet are numbered: the names of the synsets belong to the data.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name switch
    {
        "quick" when realData => [new("accuracy", "ResNet-20 classifies this share of the CIFAR-10 test pictures after a few epochs", Bound.Min(.5), new("linear classifier", .1))],
        "quick" =>
        [
            new("residual20", $"A residual network of 20 layers reaches this loss (nats, mean of the last {Part} of {Part * QuickParts} updates)", Bound.Max(.5), new("plain network of 20 layers", .15)),
            new("plain20", "A plain network of 20 layers still learns, to this loss", Bound.Max(1.6)),
            new("degradation", "A plain network of 56 layers stays at this loss", Bound.Min(2), new("plain network of 20 layers", .5)),
            new("residual56", "A residual network of 56 layers reaches this loss", Bound.Max(1.1), new("plain network of 56 layers", .9)),
        ],
        "paper" =>
        [
            .. cifar.Select(c => Published(c.Depth, c.Error)),
            new("degradation", "On its training pictures the plain network of 56 layers ends at this loss (nats)", Bound.Min(.1), new("plain network of 20 layers", .02)),
            new("residual56", "and the residual network of 56 layers at this", Bound.Max(.05), new("residual network of 20 layers", .01)),
        ],
        var name when name.StartsWith("cifar", StringComparison.Ordinal) => [Published(DepthOf(preset), cifar.First(c => c.Depth == DepthOf(preset)).Error)],
        _ => [new("accuracy", FormattableString.Invariant($"It classifies this share of the validation pictures (torchvision: {imageNet.First(i => i.Depth == DepthOf(preset)).Accuracy} %)"),
            Bound.Min((imageNet.First(i => i.Depth == DepthOf(preset)).Accuracy / 100) - .005))],
    };

    /// <inheritdoc/>
    public override ImageReader ReaderOf(Preset preset) => preset.Name switch
    {
        "quick" => new(() => ForPictures(new CifarResNet(20, width: 8), Size, Tensor.Zeros([3])), [Size, Size, 3], [.. Enumerable.Range(0, 10).Select(i => $"{i}")]),
        var name when name.StartsWith("imagenet", StringComparison.Ordinal) =>
            new(() => ForPictures(ResNet.OfDepth(DepthOf(preset)), 224, Tensor.Zeros([3])), [224, 224, 3], [.. Enumerable.Range(0, 1000).Select(i => $"class {i}")]),
        _ => new(() => ForPictures(new CifarResNet(preset.Name == "paper" ? 110 : DepthOf(preset)), 32, Tensor.Zeros([32, 32, 3])), [32, 32, 3], Cifar10.Classes),
    };

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        switch (run.Preset.Name)
        {
            case "quick" when run.Data is null: RunQuick(run); break;
            case "quick": RunFewEpochs(run); break;
            case "paper": RunPaper(run); break;
            case var name when name.StartsWith("cifar", StringComparison.Ordinal):
                var images = new CifarImages(run, lessMean: true);
                var (net, _) = Train(run, images, DepthOf(run.Preset), Shortcuts.A);
                run.Measure($"error{DepthOf(run.Preset)}", Error(net, images));
                run.Save(ForPictures(net, 32, images.Mean!));
                break;
            default: RunImageNet(run); break;
        }
    }

    static void RunQuick(Run run)
    {
        var data = new ColourGlyphs(run.SeedFor("pictures"), Size).Split(4096, 1);
        run.Images("Digits in random colors", data.Train.Images[..30] + .5);
        var plot = new Plot($"Loss: mean of {Part} updates").XAxis("updates").YAxis("loss (nats)");
        var losses = new Dictionary<(int, Shortcuts), double>();
        foreach (var (depth, shortcuts) in (ReadOnlySpan<(int, Shortcuts)>)[(20, Shortcuts.A), (20, Shortcuts.None), (56, Shortcuts.None), (56, Shortcuts.A)])
        {
            var net = new CifarResNet(depth, shortcuts, width: 8) { Seed = run.SeedFor("weights") };
            Compile(net, .03);
            var history = run.Fit(TitleOf(depth, shortcuts), net, data.Train.Shuffle(run.SeedFor("order")).Repeat().Batch(64).Take(Part), run.Epochs ?? QuickParts);
            losses[(depth, shortcuts)] = history["loss"][^1];
            plot = plot.Line(TitleOf(depth, shortcuts), history.Epochs.Select(e => Part * (e + 1)), history["loss"], markers: true, dashed: shortcuts == Shortcuts.None);
            if ((depth, shortcuts) == (20, Shortcuts.A)) run.Save(ForPictures(net, Size, Tensor.From(.5f, .5f, .5f)));
        }

        run.Plot(plot);
        run.Measure("residual20", losses[(20, Shortcuts.A)], losses[(20, Shortcuts.None)]);
        run.Measure("plain20", losses[(20, Shortcuts.None)]);
        run.Measure("degradation", losses[(56, Shortcuts.None)], losses[(20, Shortcuts.None)]);
        run.Measure("residual56", losses[(56, Shortcuts.A)], losses[(56, Shortcuts.None)]);
    }

    static void RunFewEpochs(Run run)
    {
        var images = new CifarImages(run, lessMean: true, partial: true);
        var (net, _) = Train(run, images, 20, Shortcuts.A, 12 * images.EpochSteps(Batch));
        var linear = LinearClassifier.Create(run.SeedFor("weights"));
        linear.Compile(new Adam(), Loss.SparseCategoricalCrossentropy, Metric.SparseCategoricalAccuracy);
        run.Fit("linear classifier", linear, images.Training(Batch, 0).Take(images.EpochSteps(Batch)), 5);
        run.Measure("accuracy", 1 - Error(net, images), 1 - Error(linear, images));
    }

    static void RunPaper(Run run)
    {
        var images = new CifarImages(run, lessMean: true);
        var plot = new Plot("Figure 6: test error").XAxis("epoch").YAxis("error");
        var losses = new Dictionary<(int, Shortcuts), double>();
        foreach (var shortcuts in (ReadOnlySpan<Shortcuts>)[Shortcuts.None, Shortcuts.A])
            foreach (var (depth, _) in cifar.Where(c => c.Depth < 110 || shortcuts == Shortcuts.A))
            {
                var (net, history) = Train(run, images, depth, shortcuts);
                losses[(depth, shortcuts)] = history["loss"][^1];
                plot = plot.Line(TitleOf(depth, shortcuts), history["val_sparse_categorical_accuracy"].Select(a => 1 - a), dashed: shortcuts == Shortcuts.None);
                if (shortcuts == Shortcuts.A) run.Measure($"error{depth}", Error(net, images));
                if (depth == 110) run.Save(ForPictures(net, 32, images.Mean!));
            }

        run.Plot(plot);
        run.Measure("degradation", losses[(56, Shortcuts.None)], losses[(20, Shortcuts.None)]);
        run.Measure("residual56", losses[(56, Shortcuts.A)], losses[(20, Shortcuts.A)]);
    }

    static void RunImageNet(Run run)
    {
        var depth = DepthOf(run.Preset);
        var folder = run.RequireData($"torchvision's resnet{depth}.pth and ImageNet's validation pictures in a folder val/, one folder a class named by its synset");
        var net = ResNet.OfDepth(depth);
        net.LoadTorch(Path.Combine(folder, $"resnet{depth}.pth"));
        var model = ForPictures(net, 224, ImageClassifier.ImageNetMean, ImageClassifier.ImageNetDeviation);
        var pictures = new ImageFolder(Path.Combine(folder, "val")); // the ordinal order of the synsets is that of the classes
        var examples = Dataset.From(pictures.Files).MapParallel(f =>
            (pictures.Read(f.Path).ResizeAndCrop(256, 256).Crop(16, 16, 224, 224).ToTensor().Keep(), Tensor.Scalar(f.Label, DType.Int32).Keep()));
        model.Compile(new SGD(), Loss.SparseCategoricalCrossentropy, Metric.SparseCategoricalAccuracy);
        run.Save(model);
        run.Measure("accuracy", model.Evaluate(examples.Batch(32))["sparse_categorical_accuracy"]);
    }

    // Section 4.2: momentum .9, decay 10⁻⁴, batches of 128, rate .1, a tenth of it after a half and after three quarters of the updates.
    static (CifarResNet Net, History History) Train(Run run, CifarImages images, int depth, Shortcuts shortcuts, int steps = Steps)
    {
        steps = images.Steps(Batch, steps);
        var net = new CifarResNet(depth, shortcuts) { Seed = run.SeedFor("weights") };
        Schedule rates = depth == 110 && steps > 800
            ? new PiecewiseConstant([400, steps / 2, steps * 3 / 4], [.01, .1, .01, .001])
            : new PiecewiseConstant([steps / 2, steps * 3 / 4], [.1, .01, .001]);
        Compile(net, rates);
        var epoch = images.EpochSteps(Batch);
        var history = run.Fit(TitleOf(depth, shortcuts), net, images.Training(Batch, shift: 4).Take(epoch), (steps + epoch - 1) / epoch, images.Test);
        return (net, history);
    }

    static void Compile(Model net, Schedule rates) =>
        net.Compile(new SGD(rates, momentum: .9) { L2 = 1e-4 }, new SparseCategoricalCrossentropy(fromLogits: true), Metric.SparseCategoricalAccuracy);

    static double Error(Model net, CifarImages images) => 1 - net.Evaluate(images.Test)["sparse_categorical_accuracy"];

    // The network for pictures [side, side, 3] in [0, 1], with probabilities.
    static Sequential ForPictures(Model net, int side, Tensor mean, Tensor? deviation = null)
    {
        var model = new Sequential(new PixelNormalization(mean, deviation), net, new Softmax());
        model.BuildFor([side, side, 3]);
        return model;
    }

    static Claim Published(int depth, double error) => new(
        $"error{depth}", FormattableString.Invariant($"ResNet-{depth} errs on this share of the CIFAR-10 test pictures (paper: {error} %)"), Bound.Max((error / 100) + .005));

    static string TitleOf(int depth, Shortcuts shortcuts) => $"{(shortcuts == Shortcuts.None ? "plain" : "residual")}-{depth}";

    static int DepthOf(Preset preset) => int.Parse(preset.Name.AsSpan(preset.Name.IndexOfAny([.. "0123456789"])), System.Globalization.CultureInfo.InvariantCulture);
}
