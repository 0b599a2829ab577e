namespace Strata.Nn;

/// <summary>Which maps a <see cref="SpatialTransformer"/> chooses from.</summary>
public enum SpatialTransform
{
    /// <summary>Any affine map, 6 parameters: scale, rotation, shear, translation (equation 1 of the paper).</summary>
    Affine,

    /// <summary>A window of the same proportions, 3 parameters: scale and translation (equation 2 of the paper).</summary>
    Attention,

    /// <summary>Any projective map, 8 parameters: a plane seen from anywhere.</summary>
    Projective,

    /// <summary>The smoothest map that takes 16 points to given places, 32 parameters.</summary>
    ThinPlateSpline,
}
