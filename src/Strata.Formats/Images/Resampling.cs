namespace Strata.Formats.Images;

/// <summary>How a resized picture's pixels are made. All but <see cref="Nearest"/> widen their filter when the picture shrinks (antialiasing), as
/// Pillow does.</summary>
public enum Resampling
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>The mean of the area that a pixel covers.</summary>
    Area,

    /// <summary>Linear interpolation: the triangle 1 − |x| on [−1, 1].</summary>
    Bilinear,

    /// <summary>Cubic interpolation on [−2, 2] with a = −½ (Keys 1981).</summary>
    Bicubic,

    /// <summary>sinc(x)·sinc(x/3) on [−3, 3].</summary>
    Lanczos,
}
