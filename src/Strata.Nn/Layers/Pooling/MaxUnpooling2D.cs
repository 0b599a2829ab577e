using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Puts values back to where a <see cref="MaxPooling2D"/> with the same window found its maxima, with zeros elsewhere;  p [n, h', w', c] and what was pooled,
/// x [n, h, w, c] → y [n, h, w, c] (Zeiler and Fergus 2013, section 2.1).</summary>
/// <param name="pool">Height and width of the window; by default 2.</param>
/// <param name="strides">Steps of the window; by default its size.</param>
/// <param name="padding">How borders were treated; by default <see cref="Padding.Valid"/>.</param>
public sealed class MaxUnpooling2D(Window? pool = null, Window? strides = null, Padding padding = default) : Layer
{
    readonly Window pool = (pool ?? 2).Checked(nameof(MaxUnpooling2D), nameof(pool));
    readonly Window strides = (strides ?? pool ?? 2).Checked(nameof(MaxUnpooling2D), nameof(strides));

    internal static MaxUnpooling2D FromConfig(Config c) => new(c.Window("pool_size"), c.Window("strides"), c.Padding("padding"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["pool_size"], config["strides"], config["padding"]) = (Config.Of(pool), Config.Of(strides), Config.Of(padding));

    /// <summary>The values at the places of the maxima.</summary>
    /// <exception cref="LayerException">The shapes do not fit.</exception>
    public Tensor Apply(Tensor pooled, Tensor x) => Apply([pooled, x])[0];

    /// <inheritdoc/>
    protected override Tensor[] Call(Tensor[] x, CallContext context) => x is [var pooled, var source]
        ? [pooled.MaxUnpool(source, pool.Sizes, strides.Sizes, padding)]
        : throw new ShapeException($"it takes the pooled values and what was pooled, but got {x.Length} inputs.");
}
