using Strata.Differentiation;
using Strata.Memory;

namespace Strata.Nn;

/// <summary>Where in a picture a class is: M_c(x, y) = Σ_k w_k^c f_k(x, y) over the last feature maps f_k, for a network that ends in global average pooling and one dense layer
/// with the weights w (Zhou et al. 2015, arXiv:1512.04150, equations 1 and 2). The mean of M_c over the map plus the bias is the class's score.</summary>
/// <remarks>The weights are taken as Σ_xy ∂score_c/∂f_k, which they are for such a head; so the map is also defined for other heads, where it is the one of Selvaraju et
/// al. 2016 (arXiv:1610.02391, equations 1 and 2) without the rectifier. Scores are what a final softmax or sigmoid is applied to.</remarks>
public sealed class ClassActivationMap
{
    readonly Model model;
    readonly LayerOutputs inside;
    readonly Func<Tensor, Tensor, (Tensor Map, Tensor Scores)> maps;
    readonly Func<Tensor, Tensor> scores;

    /// <summary>The maps of a model.</summary>
    /// <param name="model">The model, with its weights: pictures [n, height, width, c] to scores [n, classes].</param>
    /// <param name="layer">The path of the layer whose output the feature maps are (see <see cref="FeatureExtractor"/>); by default the last one with maps of more than one pixel.</param>
    /// <exception cref="StrataException">There is no such layer, or it gives no feature maps.</exception>
    public ClassActivationMap(Model model, string? layer = null)
    {
        var outputs = FeatureExtractor.LayersOf(model);
        var found = layer is null ? outputs.LastOrDefault(o => IsMap(o.Shape)) : outputs.FirstOrDefault(o => o.Path == layer);
        if (found.Path is null || !IsMap(found.Shape))
            throw new StrataException(layer is null
                ? $"ClassActivationMap: no layer of '{model.Name}' gives feature maps [height, width, channels] of more than one pixel."
                : $"ClassActivationMap: '{model.Name}' has no layer '{layer}' that gives feature maps [height, width, channels]; such are {string.Join(", ", outputs.Where(o => IsMap(o.Shape)).Select(o => $"'{o.Path}'"))}.");
        (this.model, Layer) = (model, found.Path);
        inside = new LayerOutputs(model);
        maps = Compiled.Function<Tensor, Tensor, (Tensor, Tensor)>(Map);
        scores = Compiled.Function((Tensor x) =>
        {
            var context = new CallContext();
            return context.ScoresOf(model.Apply(x, context));
        });
    }

    /// <summary>The path of the layer whose feature maps are used.</summary>
    public string Layer { get; }

    /// <summary>The maps of one class a picture.</summary>
    /// <param name="images">[n, height, width, c].</param>
    /// <param name="classes">The class for each picture; by default the one with the highest score.</param>
    /// <returns>Maps [n, h, w] of the size of the feature maps, and the scores [n, classes].</returns>
    public (Tensor Maps, Tensor Scores) Of(Tensor images, int[]? classes = null)
    {
        var n = images.Shape[0];
        using var scope = new TensorScope();
        var all = scores(images);
        if (all.Rank != 2) throw new ShapeException($"ClassActivationMap: the model gives {all.Shape}; scores [n, classes] are needed.");
        if (classes is not null && (classes.Length != n || classes.Any(c => c < 0 || c >= all.Shape[1])))
            throw new ShapeException($"ClassActivationMap: classes ({string.Join(", ", classes)}) were named for {n} pictures; {n} of 0 … {all.Shape[1] - 1} are needed.");
        var (map, score) = maps(images, (classes is null ? all.ArgMax(1) : Tensor.From(classes, [n])).OneHot(all.Shape[1]));
        return (scope.Return(map), scope.Return(score));
    }

    /// <summary>The maps enlarged to the pictures' size by bilinear interpolation: [n, height, width].</summary>
    /// <inheritdoc cref="Of"/>
    public (Tensor Maps, Tensor Scores) OfSize(Tensor images, int[]? classes = null)
    {
        var (map, score) = Of(images, classes);
        var (n, height, width) = (images.Shape[0], images.Shape[1], images.Shape[2]);
        return (map.Reshape(n, map.Shape[1], map.Shape[2], 1).Resize(height, width).Reshape(n, height, width), score);
    }

    (Tensor Map, Tensor Scores) Map(Tensor x, Tensor classes)
    {
        var tape = new Tape();
        Tensor? f = null;
        var context = new CallContext();
        var scores = Gradient.Recorded(tape, () => context.ScoresOf(inside.Run(model, x, context, (path, y) =>
        {
            if (f is not null || path != Layer) return;
            f = y;
            tape.Watch(y); // what comes before it is not of interest
        })));
        var slopes = tape.Backward([scores], [classes], [f!])[0] ?? Tensor.ZerosLike(f!);
        var w = slopes.Sum([1, 2], keepDims: true); // w_k^c
        return ((w * f!).Sum(-1), scores);
    }

    static bool IsMap(Shape shape) => shape.Rank == 3 && shape[0] * shape[1] > 1;
}
