using Strata.Formats.Images;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>How much of a reconstruction lies where.</summary>
public static class ProjectionMass
{
    /// <summary>The squared numbers inside a box as a share of all; 0 where all are 0.</summary>
    /// <param name="projection">[height, width, channels].</param>
    /// <param name="box">The box.</param>
    public static double Inside(Tensor projection, PixelBox box)
    {
        var squares = projection.Square().Sum(-1);
        var all = squares.Sum().Item();
        return all > 0 && box.Area > 0 ? squares[box.Top..box.Bottom, box.Left..box.Right].Sum().Item() / all : 0;
    }

    /// <summary>A reconstruction to look at: 0 is mid-grey, the largest absolute number black or white; picture by picture.</summary>
    /// <param name="projections">[n, height, width, channels].</param>
    public static Tensor Shown(Tensor projections) => .5 + (projections / ((2 * projections.Abs().Max([1, 2, 3], keepDims: true)) + 1e-12));
}
