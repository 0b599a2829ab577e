using Strata.Data;
using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>What the layers of a network make of one picture.</summary>
public sealed class IntermediateActivationsRecipe : Recipe
{
    const int Probed = 1000;
    static readonly string[] blocks = ["block1_relu2", "block2_relu2", "block3_relu2"];
    static readonly string[] pools = ["block1_pool", "block2_pool", "block3_pool"];

    /// <inheritdoc/>
    public override string Id => "intermediate-activations";

    /// <inheritdoc/>
    public override string Title => "Intermediate activations";

    /// <inheritdoc/>
    public override Source Source => new("Chollet", 2017, "Deep learning with Python, section 5.4.1", "Manning, and the lecture's slides");

    /// <inheritdoc/>
    public override string Summary =>
        "Every feature map of a network for one picture, side by side, and its first filters. Early layers keep the picture; deep ones answer sparsely, tell the classes apart "
        + "— a linear classifier on a layer does better the deeper it is — and forget what says nothing about them, such as the color of the ground.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "a small trunk without batch normalization, 300 updates on generated colored digits"),
        new("paper", "torchvision's VGG-16 on photographs (--data)"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Sparseness is Treves and Rolls's measure beside its value before training; the share of activations that are 0 is as large in the first block of so small a network as in the last.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("sparsity", "The share of activations that are 0 is larger in conv5_1 than in conv1_1 by", Bound.Min(.05))]
        :
        [
            new("sparseness", "The sparseness of the last block's activations, in [0, 1], is", Bound.Min(.75), new("untrained", .03)),
            new("probe", "A linear classifier on the last block names this share of unseen digits", Bound.Min(.8), new("on the untrained network's last block", .15)),
            new("rise", "From pixels to block 1, 2 and 3 its accuracy changes at each step by at least", Bound.Min(-.02)),
            new("ground", "A linear function of the last block knows this share of the variance of the ground's color", Bound.Max(.7), new("of the untrained network's last block", .2)),
        ];

    /// <inheritdoc/>
    public override ImageReader Reader => new(() => MiniTrunk.Classifier(10, 0, normalize: false), [32, 32, 3], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper")
        {
            RunPaper(run);
            return;
        }

        var glyphs = new ColourGlyphs(run.SeedFor("digits"), 32, noise: .05).Split(4000, 1000);
        var digits = new ImageDataset(Shown(glyphs.Train), Shown(glyphs.Test), glyphs.Classes);
        var trial = new DigitTrial(run, digits, steps: 300);
        var model = MiniTrunk.Classifier(10, run.SeedFor("weights"), normalize: false);
        var untrained = MiniTrunk.Classifier(10, run.SeedFor("weights"), normalize: false);
        untrained.BuildFor([32, 32, 3]);
        run.Say($"The network classifies {Verdict.Text(trial.Accuracy("MiniTrunk", model))} of the test digits.");
        run.Save(model);

        var test = digits.Test.Images;
        var (sparsity, before) = (ActivationSparsity.Of(model, blocks, test), ActivationSparsity.Of(untrained, blocks, test));
        run.Measure("sparseness", sparsity[^1].Sparseness, before[^1].Sparseness);
        var (probes, probesBefore) = (Probes(model, digits), Probes(untrained, digits));
        run.Measure("probe", probes[^1], probesBefore[^1]);
        run.Measure("rise", probes.Zip(probes.Skip(1), (a, b) => b - a).Min());
        var (ground, groundBefore) = (Ground(model, digits), Ground(untrained, digits));
        run.Measure("ground", ground[^1], groundBefore[^1]);
        run.Table(
            "Layers",
            ["block", "activations that are 0", "sparseness", "untrained", "dead maps", "linear classifier", "untrained", "ground's color", "untrained"],
            sparsity.Select((s, i) => (IReadOnlyList<string>)
            [
                s.Layer, Verdict.Text(s.Zeros), Verdict.Text(s.Sparseness), Verdict.Text(before[i].Sparseness), Verdict.Text(s.DeadChannels),
                Verdict.Text(probes[i + 1]), Verdict.Text(probesBefore[i + 1]), Verdict.Text(ground[i]), Verdict.Text(groundBefore[i]),
            ]));
        var names = (string[])["pixels", .. pools];
        run.Plot(new Plot("Linear classifiers on layers").YAxis("accuracy").Bars("trained", names, probes).Bars("untrained", names, probesBefore));
        Show(run, model, test[0], test[..1], [.. pools.SelectMany((p, i) => (string[])[blocks[i], p])]);
        run.Images("Filters of the first layer", ActivationTiles.OfFilters(model.GetLayer("block1_conv1").Weights[0]));
    }

    // Pictures in [0, 1], as they are shown and as strata predict gives them to the model.
    static ImageSplit Shown(ImageSplit split) => new((split.Images + .5).Clip(0, 1).Keep(), split.Labels);

    // Accuracy on pixels and behind each block.
    static double[] Probes(Model model, ImageDataset digits)
    {
        var features = new FeatureExtractor(model, pools);
        var (train, test) = (digits.Train.Images[..Probed], digits.Test.Images);
        Tensor[] ofTrain = [train, .. features.Predict([train])], ofTest = [test, .. features.Predict([test])];
        return [.. ofTrain.Select((x, i) => LinearProbe.Accuracy(x, digits.Train.Labels[..Probed], ofTest[i], digits.Test.Labels, 10))];
    }

    // Share of the variance of the color around two corners that is known behind each block.
    static double[] Ground(Model model, ImageDataset digits)
    {
        var features = new FeatureExtractor(model, pools);
        var (train, test) = (digits.Train.Images[..Probed], digits.Test.Images);
        return [.. features.Predict([train]).Zip(features.Predict([test]), (x, z) => LinearProbe.Explained(x, Corners(train), z, Corners(test)))];

        static Tensor Corners(Tensor images) => (images[.., ..3, ..3, ..].Mean([1, 2]) + images[.., ^3.., ^3.., ..].Mean([1, 2])) / 2;
    }

    static void Show(Run run, Model model, Tensor picture, Tensor input, string[] layers)
    {
        run.Images("The picture", picture.Reshape([1, .. picture.Shape]));
        var outputs = new FeatureExtractor(model, layers).Predict([input]);
        for (var i = 0; i < layers.Length; i++)
        {
            var tiles = ActivationTiles.OfChannels(outputs[i][0]);
            var sheet = Image.Sheet(tiles, 16, zoom: Math.Max(1, 32 / tiles.Shape[1])).ToTensor();
            run.Images($"{layers[i]}: all {tiles.Shape[0]} feature maps", sheet.Reshape([1, .. sheet.Shape]));
        }
    }

    static void RunPaper(Run run)
    {
        var (model, pictures) = PretrainedFile.Vgg16WithPictures(run);
        // conv1_1, conv2_1 … conv5_1 by torchvision's numbers, each with the rectifier behind it.
        var convolutions = FeatureExtractor.LayersOf(model).Where(l => l.Shape.Rank == 3).Select(l => l.Path).ToList();
        string[] layers = [.. ((int[])[0, 5, 10, 17, 24]).Select(n => convolutions[convolutions.IndexOf($"features/{n}") + 1])];
        var all = PretrainedFile.Normalized(Tensor.Stack([.. pictures.Select(p => p.Picture)]));
        var sparsity = ActivationSparsity.Of(model, layers, all);
        run.Measure("sparsity", sparsity[^1].Zeros - sparsity[0].Zeros);
        for (var i = 0; i < pictures.Count; i++) Show(run, model, pictures[i].Picture, all[i..(i + 1)], layers);
        run.Images("Filters of conv1_1", ActivationTiles.OfFilters(model.Weights[0]));
    }
}
