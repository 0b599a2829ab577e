namespace Strata;

/// <summary>What a resized image takes for its pixels.</summary>
public enum ResizeMode
{
    /// <summary>The nearest pixel of the source.</summary>
    Nearest,

    /// <summary>The linear interpolation of the two nearest pixels along each axis, without smoothing when it shrinks.</summary>
    Bilinear,
}
