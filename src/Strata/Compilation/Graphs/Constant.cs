namespace Strata.Compilation;

/// <summary>A tensor from outside of the function that is always the same.</summary>
internal sealed record Constant(Tensor Value) : Leaf(Value.Type)
{
    const long Largest = 1024; // elements that are compared
    const double Exact = 1L << 53; // whole numbers up to here are exact as float64

    /// <summary>The value of all its elements, if there are few and they are equal.</summary>
    public double? Number { get; } = IsUniform(Value) && Value.At(0) is var value && (Value.DType != DType.Int64 || Math.Abs(value) < Exact) ? value : null;

    static unsafe bool IsUniform(Tensor x)
    {
        if (x.Size is 0 or > Largest) return false;
        var bytes = new ReadOnlySpan<byte>(x.Pointer, (int)x.Size * x.DType.Size());
        var uniform = bytes[x.DType.Size()..].SequenceEqual(bytes[..^x.DType.Size()]);
        GC.KeepAlive(x);
        return uniform;
    }
}
