using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Each cell repeated along the three spatial axes;  x [n, d, h, w, c] → y [n, d·depth, h·height, w·width, c].</summary>
/// <param name="size">How often along each axis; by default 2.</param>
public sealed class UpSampling3D(Window3D? size = null) : Layer
{
    readonly Window3D size = (size ?? 2).Checked(nameof(UpSampling3D), nameof(size));

    internal static UpSampling3D FromConfig(Config c) => new(c.Window3D("size"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["size"] = Config.Of(size);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 3);
        return x.Repeat(size.Depth, 1).Repeat(size.Height, 2).Repeat(size.Width, 3);
    }
}
