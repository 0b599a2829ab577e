namespace Strata.Nn;

/// <summary>Two sizes, height and width, of a kernel, a stride or a pool; a single number stands for both.</summary>
public readonly record struct Window(int Height, int Width)
{
    /// <summary>Both sizes equal.</summary>
    public static implicit operator Window(int size) => new(size, size);

    /// <summary>Height and width.</summary>
    public static implicit operator Window((int Height, int Width) sizes) => new(sizes.Height, sizes.Width);

    internal int[] Sizes => [Height, Width];

    internal Window Checked(string layer, string what) => Height > 0 && Width > 0
        ? this
        : throw new ArgumentOutOfRangeException(what, $"{layer}: {what} ({Height}, {Width}) must be at least 1.");
}
