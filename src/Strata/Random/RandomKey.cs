namespace Strata.Random;

/// <summary>Names one sequence of random numbers: element i of it is a function of key, draw and i alone.</summary>
/// <param name="Key">Which stream.</param>
/// <param name="Draw">Which drawing from the stream.</param>
public readonly record struct RandomKey(ulong Key, ulong Draw)
{
    /// <summary>The type of the tensor that stands for a key in operations.</summary>
    internal static TensorType Type => new([2], DType.Int64);

    internal static RandomKey From(Tensor key) => new((ulong)key.AsSpan<long>()[0], (ulong)key.AsSpan<long>()[1]);

    internal void WriteTo(Tensor key) => (key.Writable<long>()[0], key.Writable<long>()[1]) = ((long)Key, (long)Draw);
}
