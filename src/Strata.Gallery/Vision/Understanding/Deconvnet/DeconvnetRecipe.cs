using Strata.Data;
using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>Feature maps shown by what in the pictures made them answer.</summary>
public sealed class DeconvnetRecipe : Recipe
{
    const int Size = 48, Steps = 600, Shown = 9;
    const double Dilation = .25;
    static readonly string[] classes = ["circle", "square", "triangle"];
    static readonly int[] shifts = [1, 2, 4, 6, 8];

    /// <inheritdoc/>
    public override string Id => "deconvnet";

    /// <inheritdoc/>
    public override string Title => "Deconvolutional visualization of feature maps";

    /// <inheritdoc/>
    public override Source Source => new("Zeiler, Fergus", 2013, "Visualizing and understanding convolutional networks", "arXiv:1311.2901");

    /// <inheritdoc/>
    public override string Summary =>
        "The strongest unit of a trained network, brought back to the pixels through unpooling, rectifiers and transposed filters, shows the object that it answers to; "
        + "a network with random weights shows less of it. Deep layers hardly notice that a picture is shifted, the first layer does.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "a small trunk on 2,000 generated scenes of one object"),
        new("paper", "the ZF net on ImageNet 2012 (--data with train/ and val/, a folder of JPEG files a class), 70 epochs"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Section 2.1: overlapping pools send the sum, not one, of what goes back to a maximum that they share.",
        "Section 3: one crop of a picture and its mirror image are drawn anew each epoch instead of ten fixed ones; the rate falls by 10 after epochs 25, 45 and 60, which the paper did by hand.",
        "Random weights are the control for where reconstructions lie; theirs lie near the object, too, because what stands out from the ground moves any filter most.",
        "Sections 4.3 and 5.1 to 5.3 (correspondence, ablation, transfer) are not part of the run.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("top5", "The true class is among the five most likely for this share of the validation pictures (paper: 83.5 %, one net)", Bound.Min(.82))]
        :
        [
            new("accuracy", "The network classifies this share of unseen scenes", Bound.Min(.9)),
            new("mass", "This share of the squared reconstruction of the strongest unit lies within the object's box dilated by 25 %", Bound.Min(.8), new("random weights", .1)),
            new("invariance", "A shift by 4 pixels moves the last layer by this share of what it moves the first", Bound.Max(.5)),
        ];

    /// <inheritdoc/>
    public override ImageReader Reader => new(() => MiniTrunk.Classifier(3, 0), [Size, Size, 3], classes);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper")
        {
            RunPaper(run);
            return;
        }

        var scenes = new ShapeScenes(run.SeedFor("scenes"), new() { Size = Size, Objects = (1, 1), Radius = (6, 12) });
        var trial = new DigitTrial(run, scenes.Split(2000, 400), Steps, batch: 16);
        var model = MiniTrunk.Classifier(3, run.SeedFor("weights"));
        var random = MiniTrunk.Classifier(3, run.SeedFor("weights"));
        random.BuildFor(scenes.ImageShape);
        var test = trial.Data.Test.Images;
        var evolution = new List<Tensor>();
        run.Measure("accuracy", trial.Accuracy("MiniTrunk", model, optimizer: new Adam(new CosineDecay(.003, Steps)), callback: new LambdaCallback
        {
            BatchEnd = (step, _) =>
            {
                if (step is 4 or 32 or 128 or Steps - 1) evolution.Add(Strongest(model, test[..100]));
            },
        }));
        run.Save(model);
        run.Measure("mass", Mass(model, test, scenes), Mass(random, test, scenes));
        Show(run, model, test);
        run.Images("Four feature maps of the last block after 5, 33, 129 and 600 updates, each by its strongest picture of 100 (figure 4)", Tensor.Concatenate([.. evolution]));
        Invariance(run, model, test);
    }

    // For each picture, the strongest unit of all maps of the last block: how much of its reconstruction lies in the object's box.
    static double Mass(Model model, Tensor test, ShapeScenes scenes)
    {
        const int Pictures = 100;
        var visualizer = new DeconvVisualizer(model, "block3_pool");
        var maps = new FeatureExtractor(model, "block3_pool").Predict(test[..Pictures]).Max([1, 2]).ArgMax(1).ToArray<long>();
        var (projections, _, _) = visualizer.Project(test[..Pictures], Array.ConvertAll(maps, m => (int)m));
        return Enumerable.Range(0, Pictures).Average(i =>
            ProjectionMass.Inside(projections[i], scenes.Objects(ImageGenerator.FirstTestPicture + i)[0].Bounds.Dilated(Dilation, Size, Size)));
    }

    static Tensor Strongest(Model model, Tensor images)
    {
        var visualizer = new DeconvVisualizer(model, "block3_pool");
        var (pictures, _) = visualizer.TopActivations(images, 1);
        int[] maps = [0, 16, 32, 48];
        return ProjectionMass.Shown(visualizer.Project(images.Gather(Tensor.From([.. maps.Select(m => pictures[m, 0])], [maps.Length])), maps).Projections).Keep();
    }

    // Figure 2: for the maps of a layer that answer most, the nine strongest pictures and their reconstructions; then the three rules side by side.
    static void Show(Run run, Model model, Tensor test)
    {
        foreach (var layer in (string[])["block1_pool", "block2_pool", "block3_pool"])
        {
            var visualizer = new DeconvVisualizer(model, layer);
            var (pictures, activations) = visualizer.TopActivations(test, Shown);
            foreach (var map in Enumerable.Range(0, visualizer.Channels).OrderByDescending(m => activations[m, Shown - 1]).Take(2))
            {
                var strongest = test.Gather(Tensor.From([.. Enumerable.Range(0, Shown).Select(i => pictures[map, i])], [Shown]));
                var (projections, _, _) = visualizer.Project(strongest, map);
                run.Images($"{layer}, map {map}: the nine strongest pictures and what made them so", Tensor.Concatenate([strongest, ProjectionMass.Shown(projections)]));
            }
        }

        var rules = Enum.GetValues<ReluRule>();
        var shown = rules.Select(rule => ProjectionMass.Shown(new DeconvVisualizer(model, "classes", rule).Project(test[..4], Predicted(model, test[..4])).Projections));
        run.Images("Pictures, and what the class's unit answers to by the gradient, by deconvolution and by guided back-propagation", Tensor.Concatenate([test[..4], .. shown]));
    }

    static int[] Predicted(Model model, Tensor images) => Array.ConvertAll(model.Predict(images).ArgMax(1).ToArray<long>(), c => (int)c);

    // Figure 5, columns 1 and 2, for horizontal shifts.
    static void Invariance(Run run, Model model, Tensor test)
    {
        string[] layers = ["block1_conv1", "block1_pool", "block2_pool", "block3_pool", "gap"];
        var distances = InvarianceCurve.Of(model, layers, test[..100], [.. shifts.Select(s => (Func<Tensor, Tensor>)(x => x.Roll(s, 2)))]);
        var plot = new Plot("Figure 5: how far a shift moves a layer").XAxis("pixels").YAxis("‖f(x) − f(Tx)‖ / ‖f(x)‖");
        for (var i = 0; i < layers.Length; i++)
        {
            var row = i;
            plot.Line(layers[i], shifts, Enumerable.Range(0, shifts.Length).Select(j => distances[row, j]), markers: true);
        }

        run.Plot(plot);
        var four = Array.IndexOf(shifts, 4);
        run.Measure("invariance", distances[layers.Length - 1, four] / distances[0, four]);
    }

    static void RunPaper(Run run)
    {
        const int Batch = 128, Epochs = 70;
        var folder = run.RequireData("ImageNet 2012 as folders train/ and val/ with one folder of JPEG files for each of the 1,000 classes");
        var (train, validation) = (new ImageFolder(Path.Combine(folder, "train")), new ImageFolder(Path.Combine(folder, "val")));
        var steps = (train.Files.Count + Batch - 1) / Batch;
        var model = new ZfNet(train.Classes.Count, run.SeedFor("weights"));
        model.Compile(
            new SGD(new PiecewiseConstant([25L * steps, 45L * steps, 60L * steps], [.01, .001, .0001, .00001]), momentum: .9),
            new SparseCategoricalCrossentropy(fromLogits: true),
            Metric.SparseTopKCategoricalAccuracy(5));
        var pictures = Dataset.From(train.Files).Shuffle(run.SeedFor("order")).MapParallel(
            (file, random) =>
            {
                var crop = Crop(train, file.Path, random.NextInt(33), random.NextInt(33));
                return (X: (random.NextDouble() < .5 ? crop.Flip(1) : crop).Keep(), Y: Tensor.Scalar(file.Label, DType.Int32).Keep());
            },
            run.SeedFor("crops"));
        run.Fit("ZF net", model, pictures.Batch(Batch), run.Epochs ?? Epochs);
        var held = Dataset.From(validation.Files).MapParallel(f => (X: Crop(validation, f.Path, 16, 16).Keep(), Y: Tensor.Scalar(f.Label, DType.Int32).Keep()));
        run.Measure("top5", model.Evaluate(held.Batch(Batch))["sparse_top_k_categorical_accuracy"]);
        run.Save(model);
        var some = Tensor.Stack([.. Enumerable.Range(0, 64).Select(i => Crop(validation, validation.Files[(int)((long)i * validation.Files.Count / 64)].Path, 16, 16))]);
        foreach (var layer in (string[])["pool1", "pool2", "relu3", "relu4", "pool5"])
        {
            var visualizer = new DeconvVisualizer(model, $"layers/{layer}");
            var (best, _) = visualizer.TopActivations(some, Shown);
            var strongest = some.Gather(Tensor.From([.. Enumerable.Range(0, Shown).Select(i => best[0, i])], [Shown]));
            run.Images($"{layer}, map 0", ProjectionMass.Shown(visualizer.Project(strongest, 0).Projections));
        }
    }

    // The shorter side to 256, the middle of the longer, then 224 × 224 of that (section 3).
    static Tensor Crop(ImageFolder folder, string path, int top, int left) =>
        PretrainedFile.Normalized(folder.Read(path).ResizeAndCrop(256, 256).Crop(top, left, 224, 224).ToTensor());
}
