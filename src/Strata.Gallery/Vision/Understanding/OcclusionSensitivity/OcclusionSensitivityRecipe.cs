using Strata.Data;
using Strata.Formats.Plots;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>A patch moved over a picture shows what a network's answer rests on.</summary>
public sealed class OcclusionSensitivityRecipe : Recipe
{
    const int Size = 48, Steps = 600, Mask = 10, Stride = 4;
    static readonly string[] classes = ["circle", "square", "triangle"];

    /// <inheritdoc/>
    public override string Id => "occlusion-sensitivity";

    /// <inheritdoc/>
    public override string Title => "Occlusion sensitivity";

    /// <inheritdoc/>
    public override Source Source => new("Zeiler, Fergus", 2013, "Visualizing and understanding convolutional networks", "arXiv:1311.2901, section 4.2, and the lecture's slides");

    /// <inheritdoc/>
    public override string Summary =>
        "A grey patch moves over scenes of two objects of which the larger gives the label. Where it lowers the probability most, there the larger object is; "
        + "for a network with random weights it is anywhere. The map agrees with the class activation map, which needs one pass instead of a hundred.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "a small trunk on 3,000 generated scenes of two objects; a patch of 10 pixels in steps of 4"),
        new("paper", "torchvision's VGG-16 on photographs (--data), a patch of 32 pixels in steps of 2"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("drop", "The worst place for the patch lowers the probability so many times as much as an average one", Bound.Min(3))]
        :
        [
            new("accuracy", "The network names the larger of two objects in this share of unseen scenes", Bound.Min(.8)),
            new("inside", "The patch's worst place is centered in the larger object's box in this share of the scenes that are classified right", Bound.Min(.7), new("the same network untrained", .2)),
            new("drop", "A patch centered in that box lowers the probability by so much more than one elsewhere, on average", Bound.Min(.1), new("the same network untrained", .1)),
            new("cam", "The map's correlation with the class activation map is, on average", Bound.Min(.4)),
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

        var scenes = new ShapeScenes(run.SeedFor("scenes"), new() { Size = Size, Objects = (2, 2), Radius = (6, 12), DifferentKinds = true, RadiusGap = 2 });
        var trial = new DigitTrial(run, scenes.Split(3000, 400), Steps, batch: 16);
        var model = MiniTrunk.Classifier(3, run.SeedFor("weights"));
        var untrained = MiniTrunk.Classifier(3, run.SeedFor("weights"));
        untrained.BuildFor(scenes.ImageShape);
        run.Measure("accuracy", trial.Accuracy("MiniTrunk", model, optimizer: new Adam(new CosineDecay(.003, Steps))));
        run.Save(model);
        var (inside, drop, agreement) = Judge(model, trial.Data, scenes, run);
        var (insideUntrained, dropUntrained, _) = Judge(untrained, trial.Data, scenes, null);
        run.Measure("inside", inside, insideUntrained);
        run.Measure("drop", drop, dropUntrained);
        run.Measure("cam", agreement);
    }

    // For the class of the label, over scenes that the network classifies right (all, of an untrained one).
    static (double Inside, double Drop, double Agreement) Judge(Model model, ImageDataset data, ShapeScenes scenes, Run? run)
    {
        const int Scenes = 60;
        var (images, labels) = (data.Test.Images[..Scenes], data.Test.Labels[..Scenes].ToArray<int>());
        var answers = model.Predict(images).ArgMax(1).ToArray<long>();
        var mean = data.Train.Images.Mean([0, 1, 2]);
        var occlusion = new OcclusionSensitivity(model, Mask, Stride, mean);
        var (cams, _) = new ClassActivationMap(model).OfSize(images, labels);
        var (inside, drop, agreement, shown) = (new List<double>(), new List<double>(), new List<double>(), new List<Tensor>());
        for (var i = 0; i < Scenes; i++)
        {
            if (run is not null && answers[i] != labels[i]) continue;
            var target = scenes.Objects(ImageGenerator.FirstTestPicture + i).MaxBy(o => o.Radius)!.Bounds;
            var (map, _) = occlusion.Of(images[i], labels[i]);
            var (values, columns) = (map.ToArray<float>(), map.Shape[1]);
            bool InTarget(int place) => target.Contains((place / columns * Stride) + (Mask / 2), (place % columns * Stride) + (Mask / 2));
            var groups = Enumerable.Range(0, values.Length).ToLookup(InTarget);
            inside.Add(InTarget(Array.IndexOf(values, values.Max())) ? 1 : 0);
            drop.Add(groups[true].Average(p => values[p]) - groups[false].Average(p => values[p]));
            var spread = occlusion.Spread(map, Size, Size);
            agreement.Add(Correlation(spread, cams[i]));
            if (shown.Count < 18) shown.AddRange([images[i], HeatMapOverlay.Of(images[i], spread), HeatMapOverlay.Of(images[i], cams[i])]);
        }

        run?.Images("Scenes, what the patch lowers, and the class activation map, for the larger object's kind", Tensor.Stack([.. shown]));
        return (inside.Average(), drop.Average(), agreement.Average());
    }

    static double Correlation(Tensor a, Tensor b)
    {
        var (x, y) = (a - a.Mean(), b - b.Mean());
        return ((x * y).Sum() / (x.Norm() * y.Norm() + 1e-12)).Item();
    }

    static void RunPaper(Run run)
    {
        var (network, pictures) = PretrainedFile.Vgg16WithPictures(run);
        var model = new Sequential(new Lambda(PretrainedFile.Normalized), network, Activation.Softmax);
        var occlusion = new OcclusionSensitivity(model, 32, 2, Tensor.Scalar(.5));
        var ratios = new List<double>();
        foreach (var (name, picture) in pictures)
        {
            var (map, output) = occlusion.Of(picture);
            ratios.Add(map.Max().Item() / Math.Max(map.Mean().Item(), 1e-6));
            run.Images($"{name}: class {output}", Tensor.Stack([picture, HeatMapOverlay.Of(picture, occlusion.Spread(map, 224, 224))]));
        }

        run.Measure("drop", ratios.Average());
    }
}
