using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Layers one after the other that count as parts of the layer around them; an empty chain is the identity.</summary>
static class LayerChain
{
    /// <summary>The output of the last layer.</summary>
    public static Tensor Apply(this IEnumerable<Layer> chain, Tensor x, CallContext context) => chain.Aggregate(x, (y, layer) => layer.Apply(y, context));
}
