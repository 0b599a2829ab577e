using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A layer applied to every step alike, with shared weights;  x [n, t, …] → y [n, t, …]. The mask goes on.</summary>
public sealed class TimeDistributed : Layer
{
    readonly Layer layer;

    /// <summary>Applies a layer to every step.</summary>
    /// <param name="layer">The layer for one step: it takes [n, …].</param>
    public TimeDistributed(Layer layer) => this.layer = Track(layer);

    internal static TimeDistributed FromConfig(Config c) => new(c.Required<Layer>("layer"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["layer"] = Config.Describe(layer, ChildNames[0]);

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (x.Rank < 3) throw new ShapeException($"the input must be [examples, steps, features…], but it is {x.Shape}.");
        var (n, t) = (x.Shape[0], x.Shape[1]);
        var y = layer.Apply(x.Reshape([n * t, .. x.Shape[2..].Span]), context);
        return y.Reshape([n, t, .. y.Shape[1..].Span]);
    }
}
