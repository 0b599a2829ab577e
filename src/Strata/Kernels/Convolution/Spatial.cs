namespace Strata.Kernels;

/// <summary>Three numbers, one for each spatial axis; an axis that a problem lacks comes first and has extent 1.</summary>
internal readonly record struct Spatial(int Depth, int Height, int Width)
{
    public long Size => (long)Depth * Height * Width;

    /// <summary>From 1 to 3 values, missing leading axes filled with <paramref name="missing"/>.</summary>
    public static Spatial Of(ReadOnlySpan<int> values, int missing) => values.Length switch
    {
        1 => new(missing, missing, values[0]),
        2 => new(missing, values[0], values[1]),
        3 => new(values[0], values[1], values[2]),
        _ => throw new ArgumentException($"Convolution and pooling kernels know 1 to 3 spatial axes, not {values.Length}.", nameof(values)),
    };
}
