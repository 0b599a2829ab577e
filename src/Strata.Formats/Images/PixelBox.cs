namespace Strata.Formats.Images;

/// <summary>A rectangle of whole pixels: columns <paramref name="Left"/> … <paramref name="Right"/> − 1 of rows <paramref name="Top"/> … <paramref name="Bottom"/> − 1.</summary>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
public readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Columns; 0 if there are none.</summary>
    public int Width => Math.Max(0, Right - Left);

    /// <summary>Rows; 0 if there are none.</summary>
    public int Height => Math.Max(0, Bottom - Top);

    /// <summary>The number of pixels.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Whether a pixel lies in it.</summary>
    public bool Contains(int row, int column) => row >= Top && row < Bottom && column >= Left && column < Right;

    /// <summary>What two boxes have in common; without pixels if that is nothing.</summary>
    public PixelBox Intersect(PixelBox other) =>
        new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>The pixels in both as a share of those in either, in [0, 1]; 0 for two boxes without pixels.</summary>
    public double IoU(PixelBox other)
    {
        double both = Intersect(other).Area;
        var either = Area + other.Area - both;
        return either > 0 ? both / either : 0;
    }

    /// <summary>The box grown by a share of its width and height on both sides together, cut to a picture.</summary>
    /// <param name="share">0.25 makes it a quarter wider and higher.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    public PixelBox Dilated(double share, int height, int width)
    {
        var (dx, dy) = ((int)Math.Round(Width * share / 2), (int)Math.Round(Height * share / 2));
        return new(Math.Max(0, Left - dx), Math.Max(0, Top - dy), Math.Min(width, Right + dx), Math.Min(height, Bottom + dy));
    }
}
