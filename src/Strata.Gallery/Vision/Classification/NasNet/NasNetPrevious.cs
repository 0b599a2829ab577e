namespace Strata.Gallery.Vision.Classification;

/// <summary>How the input of the cell before becomes like that of a cell.</summary>
public enum NasNetPrevious
{
    /// <summary>It is the same: for the first cell.</summary>
    AsItIs,

    /// <summary>Its channels change: after a normal cell.</summary>
    Projected,

    /// <summary>Its size is halved, too: after a reduction cell.</summary>
    Halved,
}
