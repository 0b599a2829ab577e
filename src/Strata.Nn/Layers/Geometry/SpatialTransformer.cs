using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Images seen through a map that depends on them: a localization network finds the map's parameters θ, the target's pixels are mapped into
/// the source, and its values are taken there by bilinear interpolation;  x [n, h, w, c] → y [n, height, width, c]
/// (Jaderberg et al. 2015). At the start θ is the identity.</summary>
public sealed class SpatialTransformer : Layer
{
    readonly Layer localization;
    readonly Window? size;
    readonly SpatialTransform transform;
    readonly Flatten flatten;
    readonly Dense theta;

    /// <summary>Creates the layer.</summary>
    /// <param name="localization">Layers from the images to features [n, …], which a dense layer of the transformer's own makes θ of.</param>
    /// <param name="size">Height and width of the output; by default those of the input.</param>
    /// <param name="transform">Which maps to choose from.</param>
    public SpatialTransformer(Layer localization, Window? size = null, SpatialTransform transform = SpatialTransform.Affine)
    {
        (this.localization, this.size, this.transform) = (Track(localization), size?.Checked(nameof(SpatialTransformer), nameof(size)), transform);
        flatten = Track(new Flatten());
        theta = Track(new Dense(transform == SpatialTransform.Affine ? 6 : 3) { KernelInitializer = Initializer.Zeros, BiasInitializer = new IdentityMap(), Name = "theta" });
    }

    internal static SpatialTransformer FromConfig(Config c) => new(
        c.Required<Layer>("localization"), c.Has("output_size") ? c.Window("output_size") : null, c.Enumeration<SpatialTransform>("transform"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["localization"] = Config.Describe(localization, ChildNames[0]);
        (config["output_size"], config["transform"]) = (size is { } s ? Config.Of(s) : null, transform.ToString().ToLowerInvariant());
    }

    /// <summary>The maps that the localization network finds for images: θ, [n, 2, 3].</summary>
    public Tensor Transforms(Tensor x, CallContext context)
    {
        var parameters = theta.Apply(flatten.Apply(localization.Apply(x, context), context), context);
        if (transform == SpatialTransform.Affine) return parameters.Reshape(-1, 2, 3);
        var (s, tx, ty) = (parameters[.., 0], parameters[.., 1], parameters[.., 2]);
        var zero = Tensor.ZerosLike(s);
        return Tensor.Stack([s, zero, tx, zero, s, ty], -1).Reshape(-1, 2, 3);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 2);
        var grid = AffineGrid.Of(Transforms(x, context), size?.Height ?? x.Shape[1], size?.Width ?? x.Shape[2]);
        return x.BilinearSample(grid, alignCorners: true);
    }

    // The parameters of the identity, of an affine map [[1, 0, 0], [0, 1, 0]] or of a window (1, 0, 0).
    sealed record IdentityMap : Initializer
    {
        public override Tensor Create(Shape shape, Strata.Random.RandomStream random, DType dtype = DType.Float32) =>
            Tensor.From(shape[0] == 6 ? [1.0, 0, 0, 0, 1, 0] : new[] { 1.0, 0, 0 }, shape).Cast(dtype);
    }
}
