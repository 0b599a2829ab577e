using Strata.Data;
using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>A classifier that was never told where things are finds them.</summary>
public sealed class CamRecipe : Recipe
{
    const int Size = 64, Steps = 1000;
    const double Share = .2; // section 3.2: the largest part above 20 % of the maximum
    static readonly (double, double) radius = (8, 16);
    static readonly string[] classes = ["circle", "square", "triangle"];

    /// <inheritdoc/>
    public override string Id => "cam";

    /// <inheritdoc/>
    public override string Title => "Class activation maps";

    /// <inheritdoc/>
    public override Source Source => new("Zhou, Khosla, Lapedriza, Oliva, Torralba", 2015, "Learning deep features for discriminative localization", "arXiv:1512.04150");

    /// <inheritdoc/>
    public override string Summary =>
        "A network with global average pooling, trained on class labels alone, says where its evidence is: the weights of the class applied to the feature maps. "
        + "The box around the largest hot region is compared with the object's.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "a small trunk on 3,000 generated scenes of one object, tested on one and on two"),
        new("paper", "torchvision's GoogLeNet on the ImageNet validation pictures with boxes (--data), no training"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The paper preset takes GoogLeNet as torchvision trained it, with maps of 7 × 7; the paper removes its last layers, so that maps are 14 × 14, and trains it anew.",
        "The quick preset's shapes have a radius of 8 to 16 pixels: a unit of its maps sees 40 pixels, and around shapes of 6 to 13 its hot regions are so wide that boxes overlap by .33.",
        "One box a class, that of the largest region, for each of the five most likely classes; the paper's heuristic of two boxes for the first classes is left out.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("top5", "None of the five most likely classes is right with a box that overlaps by half, for this share of the validation pictures (paper: 37.1 %)", Bound.Max(.55))]
        :
        [
            new("accuracy", "The network classifies this share of unseen scenes of one object", Bound.Min(.9)),
            new("iou", "The box around the map's largest hot region and the object's overlap by this share of their union", Bound.Min(.35), new("a box of the mean size in the middle", .14)),
            new("trained", "That overlap is, beside that of a network that learned nothing", Bound.Min(.35), new("the same network untrained", .14)),
            new("two", "On scenes of two objects the map of each class that is there peaks inside its object, in this share of cases", Bound.Min(.75), new("maps of the two classes exchanged", .4)),
        ];

    /// <inheritdoc/>
    public override ImageReader Reader => new(() => GapNetwork.Create(3, 0), [Size, Size, 3], classes);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper")
        {
            RunPaper(run);
            return;
        }

        var scenes = new ShapeScenes(run.SeedFor("scenes"), new() { Size = Size, Objects = (1, 1), Radius = radius });
        var trial = new DigitTrial(run, scenes.Split(3000, 400), Steps, batch: 16);
        var model = GapNetwork.Create(3, run.SeedFor("weights"));
        var untrained = GapNetwork.Create(3, run.SeedFor("weights"));
        untrained.BuildFor(scenes.ImageShape);
        run.Measure("accuracy", trial.Accuracy("GAP network", model, optimizer: new Adam(new CosineDecay(.003, Steps)) { L2 = 5e-4 }));
        run.Save(model);

        var test = trial.Data.Test.Images[..200];
        PixelBox[] truth = [.. Enumerable.Range(0, 200).Select(i => scenes.Objects(ImageGenerator.FirstTestPicture + i)[0].Bounds)];
        var overlap = Overlap(model, test, truth);
        var half = (int)Math.Round(truth.Average(b => (b.Width + b.Height) / 4.0));
        var middle = new PixelBox((Size / 2) - half, (Size / 2) - half, (Size / 2) + half, (Size / 2) + half);
        run.Measure("iou", overlap, truth.Average(middle.IoU));
        run.Measure("trained", overlap, Overlap(untrained, test, truth));
        TwoObjects(run, model);
        Show(run, model, test[..5], truth);
    }

    static double Overlap(Model model, Tensor images, PixelBox[] truth)
    {
        var (maps, _) = new ClassActivationMap(model).OfSize(images);
        return truth.Select((box, i) => ConnectedComponents.LargestAbove(maps[i], Share)?.IoU(box) ?? 0).Average();
    }

    static void TwoObjects(Run run, Model model)
    {
        const int Scenes = 200;
        var scenes = new ShapeScenes(run.SeedFor("two"), new() { Size = Size, Objects = (2, 2), Radius = radius, DifferentKinds = true });
        var (images, _) = scenes.Generate(0, Scenes);
        var objects = Enumerable.Range(0, Scenes).Select(i => scenes.Objects(i)).ToArray();
        var cam = new ClassActivationMap(model);
        var maps = Enumerable.Range(0, 2).Select(k => cam.OfSize(images, [.. objects.Select(o => (int)o[Math.Min(k, o.Count - 1)].Kind)]).Maps).ToArray();
        var (own, other) = (0, 0);
        for (var i = 0; i < Scenes; i++)
            for (var k = 0; k < 2; k++)
            {
                var peak = (int)maps[k][i].ArgMax().Item();
                if (objects[i][Math.Min(k, objects[i].Count - 1)].Bounds.Contains(peak / Size, peak % Size)) own++;
                if (objects[i].Count == 2 && objects[i][1 - k].Bounds.Contains(peak / Size, peak % Size)) other++;
            }

        run.Measure("two", own / (2.0 * Scenes), other / (2.0 * Scenes));
        run.Images(
            "Two objects: the picture, the map of the first's class and that of the second's",
            Tensor.Stack([.. Enumerable.Range(0, 6).SelectMany(i => (Tensor[])[images[i], HeatMapOverlay.Of(images[i], maps[0][i]), HeatMapOverlay.Of(images[i], maps[1][i])])]),
            [.. Enumerable.Range(0, 6).SelectMany(i => (string[])["", classes[(int)objects[i][0].Kind], classes[(int)objects[i][^1].Kind]])]);
    }

    static void Show(Run run, Model model, Tensor images, PixelBox[] truth)
    {
        var (maps, scores) = new ClassActivationMap(model).OfSize(images);
        var best = scores.ArgMax(1).ToArray<long>();
        run.Images(
            "Pictures and the maps of their most likely class",
            Tensor.Stack([.. Enumerable.Range(0, images.Shape[0]).SelectMany(i => (Tensor[])[images[i], HeatMapOverlay.Of(images[i], maps[i])])]),
            [.. Enumerable.Range(0, images.Shape[0]).SelectMany(i => (string[])["", $"{classes[best[i]]}, overlap {Verdict.Text(ConnectedComponents.LargestAbove(maps[i], Share)?.IoU(truth[i]) ?? 0)}"])]);
    }

    // Section 3.2: an error unless one of the five most likely classes is right and its box overlaps one of the class's by half.
    static void RunPaper(Run run)
    {
        var folder = run.RequireData("torchvision's googlenet.pth, and of ImageNet 2012 the folders val/ (one folder of JPEG files a class, named by its synset) and Annotations/ (one XML file a picture)");
        var model = new GoogLeNet(transformInput: true);
        model.LoadTorch(PretrainedFile.Find(folder, "googlenet"));
        var pictures = new ImageFolder(Path.Combine(folder, "val"));
        var cam = new ClassActivationMap(model);
        var errors = 0;
        for (var n = 0; n < pictures.Files.Count; n++)
        {
            var (path, label) = pictures.Files[n];
            var image = pictures.Read(path);
            // The whole picture at once, so that its boxes need no cutting.
            var x = PretrainedFile.Normalized(image.Resize(224, 224).ToTensor()).Reshape(1, 224, 224, 3);
            var truth = BoxAnnotation.Read(Path.Combine(folder, "Annotations", Path.GetFileNameWithoutExtension(path) + ".xml"));
            var five = model.Predict(x).ArgSort(1, descending: true)[0, ..5].ToArray<long>();
            var box = five.Contains(label) ? ConnectedComponents.LargestAbove(cam.OfSize(x, [label]).Maps[0], Share) : null;
            if (box is not { } b || !truth.Any(t => t.Name == pictures.Classes[label] && Scaled(b, image).IoU(t.Box) >= .5)) errors++;
            if (n % 1000 == 999) run.Metric("top5", n + 1, errors / (n + 1.0));
        }

        run.Measure("top5", errors / (double)pictures.Files.Count);

        static PixelBox Scaled(PixelBox b, Image image) =>
            new(b.Left * image.Width / 224, b.Top * image.Height / 224, b.Right * image.Width / 224, b.Bottom * image.Height / 224);
    }
}
