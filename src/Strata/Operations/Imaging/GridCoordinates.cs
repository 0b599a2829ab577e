namespace Strata;

/// <summary>In what unit the points of a sampling grid are given.</summary>
public enum GridCoordinates
{
    /// <summary>The image spans −1 … 1 along both axes, as in spatial transformers.</summary>
    Normalized,

    /// <summary>Pixels; the center of the first one is at 0.</summary>
    Pixels,
}
