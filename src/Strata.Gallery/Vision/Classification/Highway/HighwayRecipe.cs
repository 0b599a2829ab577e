using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Networks of a hundred layers learn if their layers may copy.</summary>
public sealed class HighwayRecipe : Recipe
{
    const int SearchedQuick = 4, SearchedPaper = 100;
    static readonly int[] depths = [10, 20, 50, 100];

    /// <inheritdoc/>
    public override string Id => "highway";

    /// <inheritdoc/>
    public override string Title => "Highway networks";

    /// <inheritdoc/>
    public override Source Source => new("Srivastava, Greff, Schmidhuber", 2015, "Training very deep networks", "arXiv:1507.06228 and arXiv:1505.00387");

    /// <inheritdoc/>
    public override string Summary =>
        "Layers with gates that copy their input at first train with plain gradient descent at 50 and 100 layers, where plain layers of as many weights stay behind "
        + "whatever a random search tries. Shutting the gates of single layers afterwards shows which of them work.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "4,096 generated digits, 640 updates of each network, some more of the one that is looked into"),
        new("paper", "ten convolutional layers on MNIST (--data), 180,000 updates"),
        new("depths", "10 to 100 layers, plain and highway, 100 random settings each, on MNIST (--data)"),
        new("cifar10", "19 layers on CIFAR-10 (--data), 200,000 updates"),
        new("cifar100", "19 layers on CIFAR-100 (--data), 200,000 updates"),
        new("cifar10-small", "11 layers on CIFAR-10 (--data), 200,000 updates"),
        new("cifar10-deep", "32 layers on CIFAR-10 (--data), 200,000 updates"),
        new("gates-mnist", "the gates of 50 layers on MNIST (--data), b_T = −2"),
        new("gates-cifar100", "the gates of 50 layers on CIFAR-100 (--data), b_T = −4"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Kernels of gates begin like those of H (He et al. 2015 for ReLU, Glorot and Bengio 2010 for tanh); the paper names no deviation.",
        "Highway A and C: the paper gives depth and number of weights, the widths are a reconstruction of this project's.",
        "Ranges of the random search: the paper gives only that of b_T, [−10, −1].",
        "Batches of 100 in the convolutional presets: the paper gives no size.",
        "The networks whose gates are shown: the paper gives depth, width, tanh and b_T; they learn here for 100 epochs at a rate of .02 that falls by .97 each.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name switch
    {
        "paper" => [new("accuracy", "Ten layers of 38,986 weights classify this share of the MNIST test images (paper: 99.43 %, best of five)", Bound.Min(.993))],
        "depths" => [new("deep", "The best highway of 100 layers reaches this training loss", Bound.Max(.01), new("the best plain network of 100 layers", .1))],
        "cifar10" => [new("accuracy", "19 layers classify this share of the CIFAR-10 test images (paper: 92.31 ± .12 %)", Bound.Min(.915))],
        "cifar100" => [new("accuracy", "19 layers classify this share of the CIFAR-100 test images (paper: 67.61 ± .15 %)", Bound.Min(.66))],
        "cifar10-small" => [new("accuracy", "11 layers classify this share of the CIFAR-10 test images (paper: 89.18 %)", Bound.Min(.87))],
        "cifar10-deep" => [new("accuracy", "32 layers classify this share of the CIFAR-10 test images (paper: 91.20 %)", Bound.Min(.90))],
        "gates-mnist" => [Falling, .. Analyzed("This share of the 49 highway layers", Bound.Min(.5))],
        "gates-cifar100" => [Falling, .. Analyzed("This share of the 49 highway layers (paper: about a fifth)", Bound.Max(.5))],
        _ =>
        [
            new("deep", "A highway of 100 layers reaches this training loss (nats)", Bound.Max(.01), new($"the best plain network of 100 layers in {SearchedQuick} random settings", .2)),
            new("ratio", "The best plain network's loss at 100 layers is so many times the highway's", Bound.Min(100)),
            new("shallow", "A plain network of 10 layers reaches this training loss (nats)", Bound.Max(.02)),
            new("bias", "A highway of 50 layers whose gates begin at b_T = −4 reaches this training loss (nats)", Bound.Max(.01), new("tanh layers that begin at b_T = −2", 1.5)),
            .. Analyzed("Trained on until its loss is small, this share of its 49 highway layers", Bound.Min(.6)),
        ],
    };

    static Claim Falling => new("fall", "This share of the gates' biases is lower than before training (paper: most)", Bound.Min(.5));

    static Claim[] Analyzed(string layers, Bound bound) =>
    [
        new("lesions", $"{layers} changes the loss by less than 3× when forced to copy", bound),
        new("worst", "The layer that matters most raises the loss by this factor when forced to copy", Bound.Min(5)),
        new("classes", "Mean gates of the classes differ from the overall mean by this factor more than with labels permuted", Bound.Min(3)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        switch (run.Preset.Name)
        {
            case "paper": RunMnist(run); break;
            case "depths": RunDepths(run); break;
            case "cifar10": RunCifar(run, HighwayNetwork.CreateCifar(run.SeedFor("weights")), 10); break;
            case "cifar100": RunCifar(run, HighwayNetwork.CreateCifar(run.SeedFor("weights"), 100), 100); break;
            case "cifar10-small": RunCifar(run, HighwayNetwork.CreateSmallCifar(run.SeedFor("weights")), 10); break;
            case "cifar10-deep": RunCifar(run, HighwayNetwork.CreateDeepCifar(run.SeedFor("weights")), 10); break;
            case "gates-mnist": RunGates(run, Mnist.Load(run.RequireData(MnistFiles)).Train, 10, -2); break;
            case "gates-cifar100": RunGates(run, Cifar100.Load(run.RequireData("the binary version of CIFAR-100 (train.bin, test.bin)")).Train, 100, -4); break;
            default: RunQuick(run); break;
        }
    }

    static void RunQuick(Run run)
    {
        var digits = run.Data is { } folder ? Mnist.Load(folder).Train : GlyphDigits.Load(4096, 1, run.SeedFor("digits")).Train;
        var (x, y) = ((digits.Images[..4096] - .1).Keep(), digits.Labels[..4096].Keep());
        var epochs = run.Epochs ?? 10;

        var (network, fifty) = new DepthTrial(50, .1, GateBias: -4).Train(run, x, y, epochs);
        var (_, hundred) = new DepthTrial(100, .1, GateBias: -5).Train(run, x, y, epochs);
        var (_, open) = new DepthTrial(50, .03, "tanh", GateBias: -2).Train(run, x, y, epochs);
        var (_, ten) = new DepthTrial(10, .01).Train(run, x, y, epochs);
        var plain = Search(run, x, y, 100, highway: false, SearchedQuick, epochs)[0].Loss;
        run.Measure("deep", hundred, plain);
        run.Measure("ratio", plain / hundred);
        run.Measure("shallow", ten);
        run.Measure("bias", fifty, open);

        // The paper looks into networks at the end of a long training. After 640 updates at a constant rate the loss still jumps about, and what a lesion
        // multiplies it by depends on where it was caught: so the rate falls, and every seed is looked into at about the same loss.
        const double Small = 3e-4;
        network.Compile(new SGD(new ExponentialDecay(.1, (x.Shape[0] + 63) / 64, .9), momentum: .9), Loss.SparseCategoricalCrossentropy);
        TrainingRun training = null!;
        var enough = new LambdaCallback { TrainBegin = t => training = t, EpochEnd = (_, logs) => training.StopTraining = logs["loss"] <= Small };
        run.Fit("highway-50, longer", network, new TensorBatches([x], [y], 64, run.SeedFor("longer")), 6 * epochs, callback: enough);
        run.Save(network);
        Analyze(run, new HighwayAnalysis(network), x, y, 10);
    }

    // The networks of sections 4 and 5: 50 layers of 50 blocks, tanh.
    static void RunGates(Run run, ImageSplit images, int classes, double gateBias)
    {
        const int Batch = 100;
        var x = (images.Images - images.Images.Mean()).Keep();
        var network = HighwayNetwork.Create(run.SeedFor("weights"), 50, gateBias, "tanh", classes);
        network.Compile(new SGD(new ExponentialDecay(.02, x.Shape[0] / Batch, .97), momentum: .9), Loss.SparseCategoricalCrossentropy, Metric.SparseCategoricalAccuracy);
        run.Fit("highway-50", network, new TensorBatches([x], [images.Labels], Batch, run.SeedFor("order")), run.Epochs ?? 100);
        run.Save(network);
        var analysis = new HighwayAnalysis(network);
        run.Measure("fall", (analysis.GateBiases() < gateBias).Cast(DType.Float32).Mean().Item());
        Analyze(run, analysis, x, images.Labels, classes);
    }

    static void RunDepths(Run run)
    {
        var digits = Mnist.Load(run.RequireData(MnistFiles)).Train;
        var x = (digits.Images - .1).Keep();
        var epochs = run.Epochs ?? 400;
        var best = new Dictionary<(int, bool), double>();
        foreach (var depth in depths)
            foreach (var highway in (bool[])[false, true])
            {
                var trials = Search(run, x, digits.Labels, depth, highway, SearchedPaper, epochs);
                best[(depth, highway)] = trials[0].Loss;
                run.Say(FormattableString.Invariant($"{trials[0].Trial.Title}: loss {trials[0].Loss:G3}; mean of the ten best {trials.Take(10).Average(t => t.Loss):G3}"));
            }

        run.Plot(new Plot("Figure 1: best training loss").XAxis("layers").YAxis("loss", Scale.Logarithmic)
            .Line("plain", depths, depths.Select(d => best[(d, false)]), markers: true)
            .Line("highway", depths, depths.Select(d => best[(d, true)]), markers: true));
        run.Measure("deep", best[(100, true)], best[(100, false)]);
    }

    // Random search (section 3.1): settings by loss, the best first.
    static List<(DepthTrial Trial, double Loss)> Search(Run run, Tensor x, Tensor y, int depth, bool highway, int count, int epochs)
    {
        var random = run.Random($"search {depth} {highway}");
        var (lowest, highest) = highway ? (.01, .2) : (.001, .01);
        var trials = Enumerable.Range(0, count).Select(_ => DepthTrial.Draw(random, depth, highway, lowest, highest)).ToList();
        List<(DepthTrial Trial, double Loss)> found = [.. trials.Select(t => (t, t.Train(run, x, y, epochs).Loss)).OrderBy(t => t.Loss)];
        run.Table(
            $"Random search, {(highway ? "highway" : "plain")} networks of {depth} layers",
            ["setting", "momentum", "decay", "loss"],
            found.Select(f => (IReadOnlyList<string>)[f.Trial.Title, Verdict.Text(f.Trial.Momentum), Verdict.Text(f.Trial.Decay), Verdict.Text(f.Loss)]));
        return found;
    }

    static void Analyze(Run run, HighwayAnalysis analysis, Tensor x, Tensor y, int classes)
    {
        var one = Tensor.Zeros([x.Shape[0]], DType.Int32);
        var (t, _) = analysis.Means(x, one, 1);
        var (sampleT, sampleY) = analysis.Means(x[..1], one[..1], 1);
        var (ofClass, _) = analysis.Means(x, y, classes);
        var (ofChance, _) = analysis.Means(x, y.Gather(run.Random("permutation").Permutation(y.Shape[0])), classes);
        run.Measure("classes", (ofClass - t).Abs().Mean().Item() / (ofChance - t).Abs().Mean().Item());
        Draw("b_T after training", analysis.GateBiases());
        Draw("Transform gates: mean over all examples", t[0]);
        Draw("Transform gates: one example", sampleT[0]);
        Draw("Outputs of the layers: one example", sampleY[0]);
        foreach (var c in (int[])[0, 7]) Draw($"Transform gates: mean of class {c} less the overall mean", ofClass[c] - t[0], ColorMap.Diverging);

        var (whole, lesioned) = analysis.Lesions(x, y);
        run.Plot(new Plot("Lesions: loss with one layer forced to copy").XAxis("highway layer").YAxis("loss", Scale.Logarithmic).Line("lesioned", lesioned).Level("whole", whole));
        run.Measure("lesions", lesioned.Count(l => l < 3 * whole) / (double)lesioned.Length);
        run.Measure("worst", lesioned.Max() / whole);

        void Draw(string title, Tensor values, ColorMap? colors = null)
        {
            var (rows, columns) = (values.Shape[0], values.Shape[1]);
            var cells = new double[rows, columns];
            var elements = values.ToArray<float>();
            for (var i = 0; i < elements.Length; i++) cells[i / columns, i % columns] = elements[i];
            var most = elements.Max(e => Math.Abs(e)) + 1e-12;
            run.Plot(new Plot(title).XAxis("block").YAxis("layer").HeatMap(cells, colors: colors, range: colors is null ? null : (-most, most)));
        }
    }

    static void RunMnist(Run run)
    {
        const int Batch = 100;
        var digits = Mnist.Load(run.RequireData(MnistFiles));
        var steps = run.Epochs is { } epochs ? epochs * digits.Train.Images.Shape[0] / Batch : 180_000;
        var model = HighwayNetwork.CreateMnist(run.SeedFor("weights"));
        Train(run, model, digits.Train.Shuffle(run.SeedFor("order")).Repeat().Batch(Batch), digits.Test.Batch(256), .01, steps, [steps / 3, 2 * steps / 3]);
    }

    static void RunCifar(Run run, Sequential model, int classes)
    {
        const int Batch = 100;
        var images = new CifarImages(run, classes);
        var steps = images.Steps(Batch, 200_000);
        Train(run, model, images.Training(Batch, shift: 8), images.Test, .025, steps, [steps / 2, steps * 3 / 4, steps * 7 / 8]);
    }

    static void Train(Run run, Sequential model, Dataset<(Tensor X, Tensor Y)> data, Dataset<(Tensor X, Tensor Y)> test, double rate, int steps, long[] falls)
    {
        var rates = new PiecewiseConstant(falls, [.. Enumerable.Range(0, falls.Length + 1).Select(i => rate * Math.Pow(.1, i))]);
        model.Compile(new SGD(rates, momentum: .9, nesterov: true), Loss.SparseCategoricalCrossentropy, Metric.SparseCategoricalAccuracy);
        run.Fit("highway", model, data.Take(steps));
        run.Save(model);
        run.Measure("accuracy", model.Evaluate(test)["sparse_categorical_accuracy"]);
    }

    const string MnistFiles = "the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)";
}
