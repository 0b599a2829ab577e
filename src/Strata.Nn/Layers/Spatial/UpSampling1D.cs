using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Each step <paramref name="size"/> times;  x [n, steps, c] → y [n, steps·size, c].</summary>
/// <param name="size">How often.</param>
public sealed class UpSampling1D(int size = 2) : Layer
{
    readonly int size = size > 0 ? size : throw new ArgumentOutOfRangeException(nameof(size), size, "UpSampling1D: the size must be at least 1.");

    internal static UpSampling1D FromConfig(Config c) => new(c.Int("size"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["size"] = size;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 1);
        return x.Repeat(size, 1);
    }
}
