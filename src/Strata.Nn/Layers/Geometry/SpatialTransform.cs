namespace Strata.Nn;

/// <summary>Which maps a <see cref="SpatialTransformer"/> chooses from.</summary>
public enum SpatialTransform
{
    /// <summary>Any affine map, 6 parameters: scale, rotation, shear, translation.</summary>
    Affine,

    /// <summary>A window of the same proportions, 3 parameters: scale and translation (equation 2 of the paper).</summary>
    Attention,
}
