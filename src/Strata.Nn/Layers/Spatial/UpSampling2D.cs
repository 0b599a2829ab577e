using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Larger images;  x [n, h, w, c] → y [n, h·height, w·width, c], each pixel repeated or, bilinear, the values between pixels.</summary>
/// <param name="size">How much larger; by default 2.</param>
/// <param name="interpolation">What stands between pixels: <see cref="ResizeMode.Nearest"/> repeats them.</param>
public sealed class UpSampling2D(Window? size = null, ResizeMode interpolation = ResizeMode.Nearest) : Layer
{
    readonly Window size = (size ?? 2).Checked(nameof(UpSampling2D), nameof(size));

    internal static UpSampling2D FromConfig(Config c) => new(c.Window("size"), c.Enumeration<ResizeMode>("interpolation"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["size"], config["interpolation"]) = (Config.Of(size), interpolation.ToString().ToLowerInvariant());

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 2);
        return interpolation == ResizeMode.Nearest
            ? x.Repeat(size.Height, 1).Repeat(size.Width, 2)
            : x.Resize(x.Shape[1] * size.Height, x.Shape[2] * size.Width, interpolation);
    }
}
