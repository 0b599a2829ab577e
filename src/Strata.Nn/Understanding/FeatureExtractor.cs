namespace Strata.Nn;

/// <summary>A model from the input of another to the outputs of some of its layers. The layers are shared, nothing is built anew; what none of the outputs
/// needs is not computed in compiled steps.</summary>
/// <remarks>A layer is named by its path, such as <c>conv2d_1</c> or <c>features/3</c>; in a model that was read from an ONNX file, by the name of a node's output. Of a
/// layer that is applied several times, the first output counts.</remarks>
public sealed class FeatureExtractor : Model
{
    readonly Model model;
    readonly string[] layers;
    readonly LayerOutputs inside;

    /// <summary>The extractor.</summary>
    /// <param name="model">The model, with its weights.</param>
    /// <param name="layers">The paths of the layers, in the order of the outputs.</param>
    /// <exception cref="StrataException">The model has no weights, or no layer of a path.</exception>
    public FeatureExtractor(Model model, params ReadOnlySpan<string> layers)
    {
        if (layers.Length == 0) throw new StrataException("FeatureExtractor: no layer was named; name at least one.");
        (this.model, this.layers) = (model, layers.ToArray());
        var known = LayersOf(model);
        foreach (var layer in layers)
            if (!known.Any(k => k.Path == layer))
                throw new StrataException($"FeatureExtractor: '{model.Name}' has no layer '{layer}'; it has {string.Join(", ", known.Select(k => $"'{k.Path}'"))}.");
        Track(model);
        inside = new LayerOutputs(model);
        BuildFor([.. model.BuiltFor!]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputNames => layers;

    /// <summary>The layers inside a model, in the order in which they work, with the shapes of their outputs without the axis of examples. Nothing is computed.</summary>
    /// <exception cref="StrataException">The model has no weights yet, or takes several inputs.</exception>
    public static IReadOnlyList<(string Path, Shape Shape)> LayersOf(Model model)
    {
        _ = model.Weights; // makes them where the shape of the input is known
        if (model.BuiltFor is not [var input]) throw new StrataException($"FeatureExtractor: '{model.Name}' takes {model.BuiltFor?.Length ?? 0} inputs; a model of one input is needed.");
        var found = new List<(string Path, Shape Shape)>();
        var inside = new LayerOutputs(model);
        Compiled.InferTypes(
            x => [inside.Run(model, x[0], new CallContext { IsForShapes = true }, (path, y) =>
            {
                if (y.Rank > 0 && !found.Exists(f => f.Path == path)) found.Add((path, y.Shape[1..]));
            })],
            new TensorType([1, .. input.Shape], input.DType));
        return found;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => Call([x], context) is [var y]
        ? y
        : throw new ShapeException($"it has {layers.Length} outputs; apply it to an array of one input.");

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context)
    {
        if (x.Length != 1) throw new ShapeException($"it takes one input, but got {x.Length}.");
        var found = new Tensor?[layers.Length];
        inside.Run(model, x[0], context, (path, y) =>
        {
            if (Array.IndexOf(layers, path) is >= 0 and var i) found[i] ??= y;
        });
        for (var i = 0; i < found.Length; i++)
            if (found[i] is null) throw new ShapeException($"the layer '{layers[i]}' did not work in this pass.");
        return found!;
    }
}
