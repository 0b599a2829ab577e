using Strata.Data;
using Strata.Formats.Images;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>Pictures that a network finds to be perfect examples, and nobody else does.</summary>
public sealed class ActivationMaximisationRecipe : Recipe
{
    const int Classes = 16, Size = 32;

    /// <inheritdoc/>
    public override string Id => "activation-maximisation";

    /// <inheritdoc/>
    public override string Title => "Pictures that maximize a unit";

    /// <inheritdoc/>
    public override Source Source => new("Simonyan, Vedaldi, Zisserman", 2013, "Deep inside convolutional networks: visualising image classification models and saliency maps", "arXiv:1312.6034, and Chollet 2017, section 5.4.2");

    /// <inheritdoc/>
    public override string Summary =>
        "Gradient ascent on the pixels, from noise, makes pictures that the network is sure to be of a class. They show what it looks for — the gratings' direction and period — and are "
        + "farther from every training picture than a new picture is.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "a small trunk on 4,000 generated textures of 16 classes"),
        new("paper", "torchvision's VGG-16 (--data): filters of five layers and four classes of ImageNet"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations => ["Steps are of pictures in [0, 1], not [0, 255]: Chollet's step of 1 is 1/255 here."];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("confidence", "The network gives the pictures made for four classes this probability, on average", Bound.Min(.95))]
        :
        [
            new("accuracy", "The network classifies this share of unseen textures", Bound.Min(.9)),
            new("classes", "Of 16 pictures made for a class, so many have a probability of .95 or more after 100 steps", Bound.Min(12), new("the noise that they began as", 10)),
            new("waves", "Of the pictures for the four coarse gratings, so many have their strongest wave within 15° and 30 % of the class's", Bound.Min(3), new("the noise that they began as", 2)),
            new("far", "Their distance from the nearest training picture, without brightness and contrast, is so many times that of a new picture (medians)", Bound.Min(1.1)),
            new("filters", "Chollet's recipe raises the mean of a feature map to so many times that of noise (median over the last block)", Bound.Min(1.5)),
        ];

    /// <inheritdoc/>
    public override ImageReader Reader => new(() => MiniTrunk.Classifier(Classes, 0), [Size, Size, 3], [.. new TexturePatches(0).Classes]);

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper")
        {
            RunPaper(run);
            return;
        }

        var textures = new TexturePatches(run.SeedFor("textures")).Split(4000, 500);
        var trial = new DigitTrial(run, textures, steps: 400, batch: 32);
        var model = MiniTrunk.Classifier(Classes, run.SeedFor("weights"));
        run.Measure("accuracy", trial.Accuracy("MiniTrunk", model));
        run.Save(model);
        OfClasses(run, model, textures);
        OfFilters(run, model);
    }

    // Equation 1, with a picture that is kept smooth instead of small: score_c(x) from noise, jittered and blurred.
    static void OfClasses(Run run, Model model, ImageDataset textures)
    {
        int[] classes = [.. Enumerable.Range(0, Classes)];
        var noise = ActivationMaximizer.Noise([Classes, Size, Size, 3], run.Random("noise"));
        var options = new AscentOptions { Step = .02, Iterations = 100, Jitter = 2, BlurEvery = 4, Range = (0, 1) };
        var (images, _) = new ActivationMaximizer(model, ActivationObjective.Score(classes), options).Maximize(noise, run.Random("jitter"));
        var (made, before) = (Probabilities(model, images), Probabilities(model, noise));
        run.Measure("classes", made.Count(p => p >= .95), before.Count(p => p >= .95));
        run.Measure("waves", Waves(images), Waves(noise));
        run.Measure("far", Median(Nearest(images, textures.Train.Images)) / Median(Nearest(textures.Test.Images[..200], textures.Train.Images)));
        run.Images("Made for each class", images, [.. classes.Select(c => $"{textures.Classes[c]}: {Verdict.Text(made[c])}")]);
        run.Images("Textures of the classes", Tensor.Stack([.. classes.Select(c => textures.Train.Images[Array.IndexOf(textures.Train.Labels.ToArray<int>(), c)])]), textures.Classes);
    }

    // Chollet's recipe as it stands: a gradient of root mean square 1, 20 steps, no smoothing.
    static void OfFilters(Run run, Model model)
    {
        foreach (var (layer, filters) in ((string, int)[])[("block1_conv2", 16), ("block2_conv2", 32), ("block3_conv2", 64)])
        {
            var objective = ActivationObjective.ChannelMean(layer, [.. Enumerable.Range(0, filters)]);
            var noise = ActivationMaximizer.Noise([filters, Size, Size, 3], run.Random(layer));
            var (images, values) = new ActivationMaximizer(model, objective, new AscentOptions { Step = 1 / 255.0 }).Maximize(noise);
            var sheet = Image.Sheet(ActivationMaximizer.Deprocess(images), 16).ToTensor();
            run.Images($"{layer}: what each filter answers to", sheet.Reshape([1, .. sheet.Shape]));
            if (layer == "block3_conv2") run.Measure("filters", Median([.. values[^1].Zip(values[0], (end, start) => 1 + ((end - start) / (Math.Abs(start) + 1e-6)))]));
        }
    }

    static double[] Probabilities(Model model, Tensor images)
    {
        var p = model.Predict(images);
        return [.. Enumerable.Range(0, p.Shape[0]).Select(c => p[c, c].Item())];
    }

    static int Waves(Tensor images) => Enumerable.Range(0, 4).Count(k =>
    {
        var (angle, period) = Spectrum.Dominant(images[2 * k]); // class 2k: grating k, coarse
        var turned = Math.Abs(angle - (45 * k)) % 180;
        return Math.Min(turned, 180 - turned) <= 15 && Math.Abs(period - TexturePatches.PeriodOf(2 * k)) <= .3 * TexturePatches.PeriodOf(2 * k);
    });

    // Euclidean distances to the nearest of other pictures, of a mean of 0 and a length of 1 each: the pictures made have less contrast than textures.
    static double[] Nearest(Tensor images, Tensor others)
    {
        var squares = 2 - (2 * Standardized(images).MatMul(Standardized(others), transposeB: true));
        return squares.Min(1).Clip(0, 4).Sqrt().Cast(DType.Float64).ToArray<double>();

        static Tensor Standardized(Tensor x)
        {
            var centered = (x - x.Mean([1, 2], keepDims: true)).Reshape(x.Shape[0], -1);
            return centered / (centered.Norm(1, keepDims: true) + 1e-12);
        }
    }

    static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    static void RunPaper(Run run)
    {
        var (model, _) = PretrainedFile.Vgg16(run);
        // conv1_1, conv2_1 … conv5_1 by torchvision's numbers.
        foreach (var (name, number) in ((string, int)[])[("conv1_1", 0), ("conv2_1", 5), ("conv3_1", 10), ("conv4_1", 17), ("conv5_1", 24)])
        {
            const int Filters = 16;
            var start = PretrainedFile.Normalized(ActivationMaximizer.Noise([Filters, 128, 128, 3], run.Random(name)));
            var (images, _) = new ActivationMaximizer(model, ActivationObjective.ChannelMean($"features/{number}", [.. Enumerable.Range(0, Filters)]), new AscentOptions { Step = 1 / (255 * .226), Iterations = 40 }).Maximize(start);
            run.Images($"{name}: what the first {Filters} filters answer to", ActivationMaximizer.Deprocess(images));
        }

        (string Name, int Number)[] classes = [("magpie", 18), ("sea snake", 65), ("goldfish", 1), ("hammerhead", 4)];
        var options = new AscentOptions { Step = .05, Iterations = 200, Jitter = 8, BlurEvery = 4, Decay = .001, Octaves = [.6, .8, 1] };
        var noise = PretrainedFile.Normalized(ActivationMaximizer.Noise([classes.Length, 224, 224, 3], run.Random("classes")));
        var (made, _) = new ActivationMaximizer(model, ActivationObjective.Score([.. classes.Select(c => c.Number)]), options).Maximize(noise, run.Random("jitter"));
        var p = model.Predict(made).Softmax();
        run.Images("Made for four classes", ActivationMaximizer.Deprocess(made), [.. classes.Select((c, i) => $"{c.Name}: {Verdict.Text(p[i, c.Number].Item())}")]);
        run.Measure("confidence", classes.Select((c, i) => p[i, c.Number].Item()).Average());
    }
}
