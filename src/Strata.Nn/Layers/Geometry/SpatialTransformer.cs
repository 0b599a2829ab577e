using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Images seen through a map that depends on them: a localization network finds the map's parameters θ, the target's pixels are mapped into
/// the source, and its values are taken there by bilinear interpolation;  x [n, h, w, c] → y [n, height, width, c]
/// (Jaderberg et al. 2015). At the start θ is the identity.</summary>
public sealed class SpatialTransformer : Layer
{
    const int SplineSide = 4; // 16 points

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
        var identity = Identity(transform);
        theta = Track(new Dense(identity.Length) { KernelInitializer = Initializer.Zeros, BiasInitializer = new FixedValues(identity), Name = "theta" });
    }

    internal static SpatialTransformer FromConfig(Config c) => new(
        c.Required<Layer>("localization"), c.Has("output_size") ? c.Window("output_size") : null, c.Enumeration<SpatialTransform>("transform"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["localization"] = Config.Describe(localization, ChildNames[0]);
        (config["output_size"], config["transform"]) = (size is { } s ? Config.Of(s) : null, transform.ToString().ToLowerInvariant());
    }

    /// <summary>θ, the parameters that the localization network finds for images, [n, p]. <see cref="SpatialTransform.Affine"/>: the two rows of the matrix;
    /// <see cref="SpatialTransform.Attention"/>: scale, x, y; <see cref="SpatialTransform.Projective"/>: the three rows without the last element, which is 1;
    /// <see cref="SpatialTransform.ThinPlateSpline"/>: the places of 4 × 4 points, row by row, x before y.</summary>
    public Tensor Parameters(Tensor x, CallContext context) => theta.Apply(flatten.Apply(localization.Apply(x, context), context), context);

    /// <summary>Where a transformer with the parameters <see cref="Parameters"/> looks at images of some size: [n, height, width, 2], x before y, from −1 to 1.</summary>
    /// <param name="parameters">θ, [n, p].</param>
    /// <param name="image">The shape of the images, [n, h, w, c].</param>
    public Tensor Grid(Tensor parameters, Shape image)
    {
        var (height, width) = (size?.Height ?? image[1], size?.Width ?? image[2]);
        switch (transform)
        {
            case SpatialTransform.Affine:
                return AffineGrid.Of(parameters.Reshape(-1, 2, 3), height, width);
            case SpatialTransform.Attention:
                var (s, tx, ty) = (parameters[.., 0], parameters[.., 1], parameters[.., 2]);
                var zero = Tensor.ZerosLike(s);
                return AffineGrid.Of(Tensor.Stack([s, zero, tx, zero, s, ty], -1).Reshape(-1, 2, 3), height, width);
            case SpatialTransform.Projective:
                return ProjectiveGrid.Of(Tensor.Concatenate([parameters, Tensor.OnesLike(parameters[.., ..1])], 1).Reshape(-1, 3, 3), height, width);
            default:
                return ThinPlateSplineGrid.Of(parameters.Reshape(-1, SplineSide * SplineSide, 2), height, width);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        Spatial.Require(x.Shape, 2);
        return x.BilinearSample(Grid(Parameters(x, context), x.Shape), alignCorners: true);
    }

    static double[] Identity(SpatialTransform transform) => transform switch
    {
        SpatialTransform.Affine => [1, 0, 0, 0, 1, 0],
        SpatialTransform.Attention => [1, 0, 0],
        SpatialTransform.Projective => [1, 0, 0, 0, 1, 0, 0, 0],
        _ => ThinPlateSplineGrid.Lattice(SplineSide, DType.Float64).Reshape(-1).ToArray<double>(),
    };

    sealed record FixedValues(double[] Values) : Initializer
    {
        public override Tensor Create(Shape shape, Strata.Random.RandomStream random, DType dtype = DType.Float32) => Tensor.From(Values, shape).Cast(dtype);
    }
}
