namespace Strata.Nn;

/// <summary>Three sizes, depth, height and width, of a kernel, a stride or a pool; a single number stands for all.</summary>
public readonly record struct Window3D(int Depth, int Height, int Width)
{
    /// <summary>All sizes equal.</summary>
    public static implicit operator Window3D(int size) => new(size, size, size);

    /// <summary>Depth, height and width.</summary>
    public static implicit operator Window3D((int Depth, int Height, int Width) sizes) => new(sizes.Depth, sizes.Height, sizes.Width);

    internal int[] Sizes => [Depth, Height, Width];

    internal Window3D Checked(string layer, string what) => Depth > 0 && Height > 0 && Width > 0
        ? this
        : throw new ArgumentOutOfRangeException(what, $"{layer}: {what} ({Depth}, {Height}, {Width}) must be at least 1.");
}
