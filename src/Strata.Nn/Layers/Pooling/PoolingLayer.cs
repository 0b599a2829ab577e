using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What pools have in common: windows over one, two or three spatial axes, channel by channel.</summary>
public abstract class PoolingLayer : Layer
{
    readonly int[] pool, strides;
    readonly Padding padding;

    private protected PoolingLayer(int[] pool, int[] strides, Padding padding)
    {
        foreach (var (sizes, what) in ((int[], string)[])[(pool, "pool"), (strides, "strides")])
            if (sizes.Any(s => s < 1)) throw new ArgumentOutOfRangeException(what, $"{GetType().Name}: {what} ({string.Join(", ", sizes)}) must be at least 1.");
        (this.pool, this.strides, this.padding) = (pool, strides, padding);
    }

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["pool_size"], config["strides"], config["padding"]) = (Config.Of(pool), Config.Of(strides), Config.Of(padding));

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, pool.Length);
        return Pool(x, pool, strides, padding);
    }

    private protected abstract Tensor Pool(Tensor x, int[] window, int[] steps, Padding borders);
}
