namespace Strata.Nn;

/// <summary>A mistake met inside a layer; the message begins with the layer's name: <c>Layer 'dense_2' (Dense): MatMul: inner sizes differ: …</c>.</summary>
public sealed class LayerException : ShapeException
{
    internal LayerException(Layer layer, ShapeException cause)
        : base($"Layer '{layer.Name}' ({layer.GetType().Name}): {cause.Message}", cause) => Layer = layer;

    /// <summary>The layer.</summary>
    public Layer Layer { get; }
}
