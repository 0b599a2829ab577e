using Strata.Memory;

namespace Strata.Nn;

/// <summary>Shows what in a picture made a unit answer: all other units of its layer are set to zero, and its activation goes back through the network to the
/// pixels — through transposed filters, to where pooling found its maxima, and through rectifiers by a rule.</summary>
/// <remarks>Zeiler and Fergus 2013 (arXiv:1311.2901), section 2.1, for <see cref="ReluRule.Deconvolution"/>. The pass is a gradient whose rectifiers follow the rule,
/// so that it works on any model; a convolution's gradient is its transposed filter, the gradient of a pooling is unpooling by switches.</remarks>
public sealed class DeconvVisualizer
{
    readonly FeatureExtractor extractor;
    readonly ReluRule rule;
    readonly int width; // of the feature maps
    readonly Func<Tensor, Tensor, (Tensor Projection, Tensor Activation, Tensor Place)> project;

    /// <summary>A visualizer of one layer.</summary>
    /// <param name="model">The model, with its weights; it works as in inference.</param>
    /// <param name="layer">The path of the layer (see <see cref="FeatureExtractor"/>): feature maps [n, h, w, c], or units [n, c].</param>
    /// <param name="rule">What goes back through rectifiers.</param>
    /// <exception cref="StrataException">There is no such layer, or its output has other axes.</exception>
    public DeconvVisualizer(Model model, string layer, ReluRule rule = ReluRule.Deconvolution)
    {
        extractor = new FeatureExtractor(model, layer);
        var shape = FeatureExtractor.LayersOf(model).First(o => o.Path == layer).Shape;
        if (shape.Rank is not (1 or 3)) throw new StrataException($"DeconvVisualizer: the output of '{layer}' is {shape} an example; feature maps [height, width, channels] or units [channels] are needed.");
        this.rule = rule;
        (Channels, width) = (shape[^1], shape.Rank == 3 ? shape[1] : 1);
        project = Compiled.Function<Tensor, Tensor, (Tensor, Tensor, Tensor)>(ProjectTop);
    }

    /// <summary>The number of feature maps or units.</summary>
    public int Channels { get; }

    /// <summary>The reconstructions of the strongest unit of a feature map, one for each picture.</summary>
    /// <param name="images">[n, height, width, c] as the model takes them.</param>
    /// <param name="channel">The feature map, the same for all pictures.</param>
    /// <returns>Reconstructions [n, height, width, c], which have no fixed range; the activations [n]; and the units' places in their maps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature map.</exception>
    public (Tensor Projections, Tensor Activations, (int Row, int Column)[] Places) Project(Tensor images, int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
        return Project(images, Tensor.Basis([Channels], DType.Float32, channel).BroadcastTo([images.Shape[0], Channels]));
    }

    /// <summary>The reconstructions of the strongest unit of one feature map a picture.</summary>
    /// <param name="images">[n, height, width, c] as the model takes them.</param>
    /// <param name="channels">[n]: the feature map for each picture.</param>
    /// <inheritdoc cref="Project(Tensor, int)"/>
    public (Tensor Projections, Tensor Activations, (int Row, int Column)[] Places) Project(Tensor images, ReadOnlySpan<int> channels)
    {
        if (channels.Length != images.Shape[0]) throw new ShapeException($"DeconvVisualizer: {channels.Length} feature maps were named for {images.Shape[0]} pictures.");
        foreach (var channel in channels)
            if (channel < 0 || channel >= Channels) throw new ArgumentOutOfRangeException(nameof(channels), channel, $"DeconvVisualizer: the layer has the feature maps 0 … {Channels - 1}.");
        return Project(images, Tensor.From(channels, [channels.Length]).OneHot(Channels));
    }

    /// <summary>The pictures that activate each feature map most: the largest activation of a picture counts.</summary>
    /// <param name="images">[n, height, width, c] as the model takes them.</param>
    /// <param name="count">How many, at most n.</param>
    /// <param name="batchSize">Pictures of a pass.</param>
    /// <returns>The pictures' numbers and their activations, each [channels, count], the strongest first.</returns>
    public (int[,] Pictures, double[,] Activations) TopActivations(Tensor images, int count = 9, int batchSize = 32)
    {
        if (count < 1 || count > images.Shape[0]) throw new ArgumentOutOfRangeException(nameof(count), count, $"DeconvVisualizer: of {images.Shape[0]} pictures, 1 to so many can be asked for.");
        using var scope = new TensorScope();
        var features = extractor.Predict(images, batchSize);
        var best = (features.Rank == 4 ? features.Max([1, 2]) : features).Cast(DType.Float64).ToArray<double>(); // [n, channels]
        var (pictures, activations) = (new int[Channels, count], new double[Channels, count]);
        for (var c = 0; c < Channels; c++)
        {
            var order = Enumerable.Range(0, images.Shape[0]).OrderByDescending(i => best[(i * Channels) + c]).Take(count).ToArray();
            for (var i = 0; i < count; i++) (pictures[c, i], activations[c, i]) = (order[i], best[(order[i] * Channels) + c]);
        }

        return (pictures, activations);
    }

    (Tensor Projections, Tensor Activations, (int Row, int Column)[] Places) Project(Tensor images, Tensor channels)
    {
        var (projections, activations, places) = project(images, channels);
        return (projections, activations, Array.ConvertAll(places.ToArray<long>(), p => (Row: (int)p / width, Column: (int)p % width)));
    }

    (Tensor Projection, Tensor Activation, Tensor Place) ProjectTop(Tensor x, Tensor channel)
    {
        var (outputs, pullback) = Gradient.Vjp(xs => [extractor.Apply(xs[0])], x);
        var maps = outputs[0];
        var (n, channels) = (maps.Shape[0], maps.Shape[^1]);
        var units = maps.Reshape(n, -1, channels) * channel.Reshape(n, 1, channels);
        var map = units.Sum(-1);                                  // [n, h·w]
        var place = map.ArgMax(1);                                // [n]
        var alone = place.OneHot(map.Shape[1]);                   // 1 at the strongest unit
        var seed = (units * alone.Reshape(n, -1, 1)).Reshape(maps.Shape);
        var projection = Gradient.WithReluRule(rule, () => pullback([seed]))[0];
        return (projection, (map * alone).Sum(1), place);
    }
}
