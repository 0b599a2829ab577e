namespace Strata.Kernels;

/// <summary>The handful of vector instructions that the heavy kernels are written in, so that one source serves every width and both
/// floating-point types. The kernels hold plain <typeparamref name="TVector"/> locals, which the JIT keeps in registers
/// (a wrapper struct around the vector would depend on struct promotion).</summary>
internal unsafe interface IVectorOps<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of the tallest micro-kernel tile whose accumulators (two vectors a row) stay in registers.</summary>
    static abstract int TileRows { get; }

    static abstract TVector Load(T* source);

    /// <summary>Loads the first <paramref name="count"/> (1 … <see cref="Width"/>) elements and reads nothing beyond; the rest is zero.</summary>
    static abstract TVector LoadPart(T* source, int count);

    static abstract void Store(T* target, TVector value);

    /// <summary>Stores the first <paramref name="count"/> (1 … <see cref="Width"/>) elements and writes nothing beyond.</summary>
    static abstract void StorePart(T* target, TVector value, int count);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x·y + z, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary><paramref name="then"/> where x is greater than y, or x is NaN and y is not; else <paramref name="otherwise"/>. A running maximum
    /// that takes x over y so keeps the first of equals, and any NaN.</summary>
    static abstract TVector IfGreater(TVector x, TVector y, TVector then, TVector otherwise);

    static abstract TVector IfEqual(TVector x, TVector y, TVector then, TVector otherwise);

    /// <summary>0 where x is below 0, else x; NaN stays.</summary>
    static abstract TVector Relu(TVector x);

    /// <summary>The sum of the elements, in an order that depends on the width alone.</summary>
    static abstract T Sum(TVector x);
}
