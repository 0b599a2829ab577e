namespace Strata.Formats.Images;

/// <summary>The seven passes of PNG's interlacing (PNG specification, section 8.2): each is a small picture of its own whose pixels lie
/// on a regular grid of the whole.</summary>
readonly record struct Adam7(int Top, int Left, int RowStep, int ColumnStep)
{
    public static readonly Adam7[] Passes =
    [
        new(0, 0, 8, 8), new(0, 4, 8, 8), new(4, 0, 8, 4), new(0, 2, 4, 4), new(2, 0, 4, 2), new(0, 1, 2, 2), new(1, 0, 2, 1),
    ];

    /// <summary>The one pass of a picture that is not interlaced.</summary>
    public static readonly Adam7[] Whole = [new(0, 0, 1, 1)];

    /// <summary>Rows and columns of the pass in a picture; either may be 0.</summary>
    public (int Rows, int Columns) Size(int height, int width) =>
        (height > Top ? (height - Top - 1) / RowStep + 1 : 0, width > Left ? (width - Left - 1) / ColumnStep + 1 : 0);
}
