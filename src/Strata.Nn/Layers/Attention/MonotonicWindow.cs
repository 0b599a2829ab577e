using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Local attention that assumes that query and key sequences run alike: the center at query t is t (local-m). Queries that come one by one bring their
/// places as <see cref="Attention"/>'s fourth input.</summary>
/// <param name="width">D, how far the window reaches to both sides.</param>
public sealed class MonotonicWindow(int width) : AttentionWindow(width, gaussian: false)
{
    internal static MonotonicWindow FromConfig(Config c) => new(c.Int("width"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["width"] = Width;

    /// <inheritdoc/>
    protected override Tensor Centers(Tensor queries, Tensor lengths) =>
        Tensor.Arange(0, queries.Shape[1]).Cast(queries.DType).Reshape(1, -1).BroadcastTo(queries.Shape[..2]);
}
