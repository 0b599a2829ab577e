using Strata.Data;
using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A network that may choose where to look reads digits that are turned, scaled and moved.</summary>
public sealed class SpatialTransformerRecipe : Recipe
{
    const string MnistFiles = "the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)";

    // Table 1: errors in percent of a convolutional network without and with an affine transformer.
    static readonly (Distortion Distortion, string Name, double Without, double With)[] published =
    [
        (Distortion.Rotated, "rotated", 1.2, .7), (Distortion.RotatedTranslatedScaled, "turned, scaled and moved", .8, .5),
        (Distortion.Projective, "projected", 1.5, .8), (Distortion.Elastic, "bent", 1.4, 1.2),
    ];

    /// <inheritdoc/>
    public override string Id => "spatial-transformer";

    /// <inheritdoc/>
    public override string Title => "Spatial transformer networks";

    /// <inheritdoc/>
    public override Source Source => new("Jaderberg, Simonyan, Zisserman, Kavukcuoglu", 2015, "Spatial transformer networks", "arXiv:1506.02025");

    /// <inheritdoc/>
    public override string Summary =>
        "A small dense network cannot read digits that are turned, scaled and moved about. With a layer in front that chooses for each picture where to look, and that "
        + "nobody tells where the digit is, it can; a convolutional network gains too.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "6,000 generated digits, turned, scaled and moved in 42×42 pixels, 1,800 updates of each network; with --data as many of MNIST"),
        new("paper", "table 1: MNIST (--data) distorted in four ways, convolutional networks with and without an affine transformer, 150,000 updates of 256"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Quick: Adam, whose rate falls, and networks of this project's own sizes; the point is the control of equal size without the transformer.",
        "Paper: sizes of the layers, the rate of .01 without momentum and its two falls are those of the appendix as far as they are known; the errors for P and E in table 1 are quoted without a second source.",
        "The paper places a distorted digit anywhere in 42×42 pixels; a digit of MNIST, 28×28 with its border, is shifted by at most 7 pixels before it is scaled.",
        "Not here: SVHN, CUB-200, two-channel addition and the cluttered digits, which DistortedGlyphs draws.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset == Preset.Paper
        ? [.. published.Select(p => new Claim($"{p.Distortion}", FormattableString.Invariant($"Digits that are {p.Name}: error with a transformer (paper: {p.With} %)"),
            Bound.Max((p.With / 100) + .003), new(FormattableString.Invariant($"without it (paper: {p.Without} %)"), 0)))]
        :
        [
            new("dense", "A dense network with an affine transformer classifies this share of unseen digits", Bound.Min(realData ? .85 : .95), new("the same network without it", .15)),
            new("alone", "The dense network alone, with three times the weights, reaches only", Bound.Max(.8)),
            new("convolutional", "A convolutional network with an affine transformer classifies this share", Bound.Min(realData ? .93 : .965), new("the same network without it", -.005)),
            new("projective", "The dense network with a projective transformer classifies this share", Bound.Min(realData ? .8 : .9), new("the same network without it", .1)),
            new("spline", "The dense network with a thin plate spline of 16 points classifies this share", Bound.Min(realData ? .8 : .9), new("the same network without it", .1)),
            new("translation", "Where the affine transformer looks correlates with where the digit is (x and y together)", Bound.Min(.8)),
        ];

    /// <inheritdoc/>
    public override ImageReader ReaderOf(Preset preset) => new(
        () => preset == Preset.Paper ? SpatialTransformerNetworks.CreatePaper(0, SpatialTransform.Affine) : SpatialTransformerNetworks.CreateDense(0, SpatialTransform.Affine),
        [42, 42, 1],
        [.. Enumerable.Range(0, 10).Select(d => $"{d}")]);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper") RunPaper(run);
        else RunQuick(run);
    }

    static void RunQuick(Run run)
    {
        const Distortion Kind = Distortion.RotatedTranslatedScaled;
        var seed = run.SeedFor("weights");
        var digits = run.Data is { } folder ? Distorted(Mnist.Load(folder)) : new DistortedGlyphs(run.SeedFor("digits"), Kind).Split(6000, 1000);
        var trial = new DigitTrial(run, digits, 1800);

        var alone = Accuracy("dense", SpatialTransformerNetworks.CreateDense(seed));
        var network = SpatialTransformerNetworks.CreateDense(seed, SpatialTransform.Affine);
        run.Measure("dense", Accuracy("dense, affine", network), alone);
        run.Measure("alone", alone);
        run.Save(network);
        run.Measure("projective", Accuracy("dense, projective", SpatialTransformerNetworks.CreateDense(seed, SpatialTransform.Projective)), alone);
        var spline = SpatialTransformerNetworks.CreateDense(seed, SpatialTransform.ThinPlateSpline);
        run.Measure("spline", Accuracy("dense, spline", spline), alone);
        run.Measure(
            "convolutional",
            Accuracy("convolutional, affine", SpatialTransformerNetworks.CreateConvolutional(seed, SpatialTransform.Affine)),
            Accuracy("convolutional", SpatialTransformerNetworks.CreateConvolutional(seed)));

        var x = digits.Test.Images;
        run.Measure("translation", Correlation((SpatialTransformer)network.Layers[0], x));
        Show(run, "affine transformer", network, x[..20]);
        Show(run, "thin plate spline", spline, x[..20]);

        // The rate falls to 0: at a constant one the grid still jumps at the end, and what a network reaches is a matter of the last update.
        double Accuracy(string title, Model model) => trial.Accuracy(title, model, optimizer: new Adam(new CosineDecay(.001, trial.Steps)));

        ImageDataset Distorted(ImageDataset whole) => new(
            ImageDistortion.Apply(First(whole.Train, 6000), Kind, run.SeedFor("digits")), ImageDistortion.Apply(First(whole.Test, 1000), Kind, run.SeedFor("test digits")), whole.Classes);

        ImageSplit First(ImageSplit split, int count) => new(split.Images[..count].Keep(), split.Labels[..count].Keep());
    }

    static void RunPaper(Run run)
    {
        const int Batch = 256, Steps = 150_000;
        var digits = Mnist.Load(run.RequireData(MnistFiles));
        var steps = run.Epochs is { } epochs ? epochs * digits.Train.Images.Shape[0] / Batch : Steps;
        foreach (var (distortion, name, _, _) in published)
        {
            var test = ImageDistortion.Apply(digits.Test, distortion, run.SeedFor("test digits"));
            var without = Error(null);
            run.Measure($"{distortion}", Error(SpatialTransform.Affine), without);

            double Error(SpatialTransform? transform)
            {
                var network = SpatialTransformerNetworks.CreatePaper(run.SeedFor("weights"), transform);
                network.Compile(new SGD(new PiecewiseConstant([steps / 3, 2 * steps / 3], [.01, .001, .0001])), Loss.SparseCategoricalCrossentropy, Metric.SparseCategoricalAccuracy);
                var batches = digits.Train.Shuffle(run.SeedFor("order")).Repeat()
                    .MapParallel((e, random) => (ImageDistortion.Apply(e.X, distortion, random), e.Y), run.SeedFor("digits")).Batch(Batch);
                run.Fit($"{name}{(transform is null ? "" : ", transformed")}", network, batches.Take(steps));
                if (distortion == Distortion.RotatedTranslatedScaled && transform is not null) run.Save(network);
                return 1 - network.Evaluate(test.Batch(Batch))["sparse_categorical_accuracy"];
            }
        }
    }

    // Pearson's r of the place that the map brings to where digits come to lie, and the center of the ink, both coordinates together. Digits come to lie beside the
    // middle at times; the place is then not the map's translation (θ_13, θ_23) alone, for it turns with the map.
    static double Correlation(SpatialTransformer transformer, Tensor x)
    {
        var theta = transformer.Parameters(x, new CallContext());
        var (centerX, centerY) = Center(transformer.Apply(x));
        var (meanX, meanY) = (centerX.Mean(), centerY.Mean());
        var (inkX, inkY) = Center(x);
        var (lookX, lookY) = ((theta[.., 0] * meanX) + (theta[.., 1] * meanY) + theta[.., 2], (theta[.., 3] * meanX) + (theta[.., 4] * meanY) + theta[.., 5]);
        return R(Tensor.Concatenate([lookX, lookY], 0), Tensor.Concatenate([inkX, inkY], 0));

        static (Tensor X, Tensor Y) Center(Tensor images)
        {
            var ink = (images - .3).Relu(); // above the noise
            var (mass, place) = (ink.Sum([1, 2, 3]) + 1e-6, Tensor.Linspace(-1, 1, images.Shape[1]));
            return ((ink.Sum([1, 3]) * place).Sum(1) / mass, (ink.Sum([2, 3]) * place).Sum(1) / mass);
        }

        static double R(Tensor a, Tensor b)
        {
            var (da, db) = (a - a.Mean(), b - b.Mean());
            return ((da * db).Mean() / (da.Square().Mean() * db.Square().Mean()).Sqrt()).Item();
        }
    }

    // The pictures with the border of the grid in red, and what the network behind the transformer sees.
    static void Show(Run run, string name, Sequential network, Tensor x)
    {
        var transformer = (SpatialTransformer)network.Layers[0];
        var grid = transformer.Grid(transformer.Parameters(x, new CallContext()), x.Shape);
        var (size, rows, columns) = (x.Shape[1], grid.Shape[1], grid.Shape[2]);
        var (pixels, places) = (x.Tile(1, 1, 1, 3).ToArray<float>(), grid.ToArray<float>());
        for (var i = 0; i < places.Length; i += 2)
        {
            var (row, column) = (i / 2 / columns % rows, i / 2 % columns);
            if (row > 0 && row < rows - 1 && column > 0 && column < columns - 1) continue;
            var (px, py) = (At(places[i]), At(places[i + 1]));
            if (px < 0 || py < 0 || px >= size || py >= size) continue;
            new float[] { 1, 0, 0 }.CopyTo(pixels, 3 * ((((i / 2 / (rows * columns) * size) + py) * size) + px));
        }

        run.Images($"Where the {name} looks", Tensor.From(pixels, [x.Shape[0], size, size, 3]));
        run.Images($"What the network sees through the {name}", transformer.Apply(x));

        int At(float place) => (int)Math.Round((place + 1) / 2 * (size - 1));
    }
}
