using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Gallery;
using Strata.Gallery.Vision.Understanding;
using Strata.Nn;
using Strata.Random;

namespace Strata.Cli;

/// <summary>One model before one picture: what it answers, and pictures of what it sees.</summary>
internal sealed class PictureView
{
    // Results are enlarged to at least so many pixels.
    const int LeastSide = 224;

    readonly PictureModel model;
    readonly Tensor shown, x;
    readonly string? layer;
    readonly int? channel;
    readonly int output;

    public PictureView(PictureModel model, Image image, string? layer, string? output, int? channel)
    {
        (this.model, this.layer, this.channel) = (model, layer, channel);
        (shown, x) = model.Prepare(image);
        var probabilities = model.Probabilities(x);
        this.output = output is null ? (int)probabilities.ArgMax(1).Item() : model.OutputOf(output, probabilities.Shape[1]);
        Answer = $"{model.ClassOf(this.output)} with probability {Verdict.Text(probabilities[0, this.output].Item())}";
    }

    public string Answer { get; }

    public (Tensor Picture, string What) Of(string method) => method switch
    {
        "cam" => Cam(),
        "occlusion" => Occlusion(),
        "activations" => Activations(),
        "maximize" => Maximized(),
        "gradient" => Projected(ReluRule.Gradient),
        "guided" => Projected(ReluRule.Guided),
        _ => Projected(ReluRule.Deconvolution),
    };

    (Tensor, string) Cam()
    {
        var cam = new ClassActivationMap(model.Model, layer);
        return (Overlay(cam.OfSize(x, [output]).Maps[0]), $"where {model.ClassOf(output)} is, by the feature maps of '{cam.Layer}'");
    }

    (Tensor, string) Occlusion()
    {
        var (height, width) = (model.Input[0], model.Input[1]);
        var mask = Math.Max(1, Math.Min(height, width) / 7); // 32 of 224
        var stride = Math.Max(1, mask / 4);
        var occlusion = new OcclusionSensitivity(model.Model, mask, stride, model.Normalized(Tensor.Full([1, height, width, model.Input[2]], .5)));
        var (map, _) = occlusion.Of(x[0], output);
        return (Overlay(occlusion.Spread(map, height, width)), $"how much a grey patch of {mask} pixels lowers {model.ClassOf(output)}, in steps of {stride}");
    }

    (Tensor, string) Activations()
    {
        var name = layer ?? FeatureExtractor.LayersOf(model.Model).FirstOrDefault(l => l.Shape.Rank == 3).Path ?? throw new StrataException($"'{model.Model.Name}' has no layer with feature maps.");
        var maps = new FeatureExtractor(model.Model, name).Predict(x)[0];
        if (maps.Rank != 3) throw new StrataException($"--layer: '{name}' gives {maps.Shape}; the activations of feature maps [height, width, channels] can be shown.");
        return (Image.Sheet(ActivationTiles.OfChannels(maps), 16, Math.Max(1, 32 / maps.Shape[0])).ToTensor(), $"the {maps.Shape[2]} feature maps of '{name}'");
    }

    (Tensor, string) Projected(ReluRule rule)
    {
        var (name, unit) = Unit();
        var (projection, activation, places) = new DeconvVisualizer(model.Model, name, rule).Project(x, unit);
        return (Enlarged(ProjectionMass.Shown(projection)[0]), $"what made unit {unit} of '{name}' {Verdict.Text(activation[0].Item())} at ({places[0].Row}, {places[0].Column})");
    }

    (Tensor, string) Maximized()
    {
        var objective = layer is null ? ActivationObjective.Score(output) : ActivationObjective.ChannelMean(layer, Unit().Unit);
        var options = new AscentOptions { Step = .02, Iterations = 100, Jitter = 2, BlurEvery = 4 };
        var (images, values) = new ActivationMaximizer(model.Model, objective, options).Maximize(x, new RandomStream(1));
        var what = layer is null ? model.ClassOf(output) : $"feature map {Unit().Unit} of '{layer}'";
        return (Enlarged(ActivationMaximizer.Deprocess(images)[0]), $"the picture changed so that {what} rises from {Verdict.Text(values[0][0])} to {Verdict.Text(values[^1][0])}");
    }

    // The layer and the unit in it: those named, or the strongest map of the layer, or the class.
    (string Layer, int Unit) Unit()
    {
        var layers = FeatureExtractor.LayersOf(model.Model);
        if (layer is null) return (layers[^1].Path, channel ?? output);
        if (channel is { } c) return (layer, c);
        var maps = new FeatureExtractor(model.Model, layer).Predict(x)[0];
        return (layer, (int)(maps.Rank == 3 ? maps.Max([0, 1]) : maps).ArgMax().Item());
    }

    Tensor Overlay(Tensor map) => HeatMapOverlay.Of(Enlarged(shown), map);

    static Tensor Enlarged(Tensor picture)
    {
        var (height, width) = (picture.Shape[0], picture.Shape[1]);
        var zoom = (LeastSide + Math.Max(height, width) - 1) / Math.Max(height, width);
        return picture.Resize(height * zoom, width * zoom, ResizeMode.Nearest);
    }
}
