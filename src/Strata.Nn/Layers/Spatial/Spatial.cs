namespace Strata.Nn;

/// <summary>The axes between that of examples and that of channels.</summary>
internal static class Spatial
{
    static readonly string[] names = ["[examples, steps, channels]", "[examples, height, width, channels]", "[examples, depth, height, width, channels]"];

    /// <summary>Fails unless a shape has so many spatial axes.</summary>
    public static void Require(Shape x, int axes)
    {
        if (x.Rank != axes + 2) throw new ShapeException($"the input must be {names[axes - 1]}, but it is {x}.");
    }
}
