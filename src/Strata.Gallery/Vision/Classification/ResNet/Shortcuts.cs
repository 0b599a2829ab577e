namespace Strata.Gallery.Vision.Classification;

/// <summary>What the blocks of a network add to F(x) (section 4.1 of the paper).</summary>
public enum Shortcuts
{
    /// <summary>Nothing: a plain network.</summary>
    None,

    /// <summary>x itself; where the shape changes, every second pixel of it and zeros for the channels that are new. No weights.</summary>
    A,

    /// <summary>x itself; where the shape changes, a 1×1 convolution of it.</summary>
    B,

    /// <summary>A 1×1 convolution of x everywhere.</summary>
    C,
}
