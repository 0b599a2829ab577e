using System.Numerics;
using Strata.Kernels.Elementwise;

namespace Strata.Kernels.Vectors;

/// <summary>A vector of <typeparamref name="T"/>, of whatever width: <see cref="V512{T}"/>, <see cref="V256{T}"/>, <see cref="V128{T}"/> or the
/// portable <see cref="V1{T}"/> of a single element. An operator is written once over it and the JIT makes one loop a width.
/// A comparison gives a mask: a vector whose lanes are all ones or all zeros.</summary>
/// <remarks>Every member rounds as IEEE 754 says, so one formula gives the same bits at every width.</remarks>
internal unsafe interface IVector<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract V Load(T* p);

    /// <summary>The first <paramref name="n"/> &lt; <see cref="Count"/> lanes from memory, the others zero; touches nothing beyond them.</summary>
    static abstract V LoadFirst(T* p, int n);

    /// <summary>The mask of the first <paramref name="n"/> lanes.</summary>
    static abstract V First(int n);

    /// <summary>A mask from <see cref="Count"/> bools of one byte (0 or 1).</summary>
    static abstract V LoadMask(byte* p);

    void Store(T* p);

    /// <summary>Stores the first <paramref name="n"/> &lt; <see cref="Count"/> lanes; touches nothing beyond them.</summary>
    void StoreFirst(T* p, int n);

    /// <summary>Stores a mask as bools of one byte (0 or 1).</summary>
    void StoreMask(byte* p);

    /// <summary>The value in every lane.</summary>
    static abstract implicit operator V(T value);

    /// <summary>A constant in every lane (floating point only).</summary>
    static abstract V Of(double value);

    static abstract V operator +(V a, V b);
    static abstract V operator -(V a, V b);
    static abstract V operator *(V a, V b);
    static abstract V operator /(V a, V b);
    static abstract V operator -(V a);

    static abstract V operator &(V a, V b);
    static abstract V operator |(V a, V b);
    static abstract V operator ^(V a, V b);
    static abstract V operator ~(V a);

    /// <summary>The bits of each lane shifted, as if it were an unsigned integer.</summary>
    static abstract V operator <<(V a, int n);

    /// <inheritdoc cref="op_LeftShift"/>
    static abstract V operator >>>(V a, int n);

    static abstract V operator <(V a, V b);
    static abstract V operator <=(V a, V b);
    static abstract V operator >(V a, V b);
    static abstract V operator >=(V a, V b);
    static abstract V Equal(V a, V b);

    /// <summary><paramref name="a"/> where the mask is set, else <paramref name="b"/>.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary><paramref name="then"/> where a &lt; b, else <paramref name="otherwise"/>. Faster than <see cref="Select"/> of a comparison:
    /// the JIT keeps the mask in a mask register.</summary>
    static abstract V IfLess(V a, V b, V then, V otherwise);

    /// <summary>Whether any lane of a mask is set.</summary>
    static abstract bool Any(V mask);

    /// <summary>a·b + c, rounded once (floating point only).</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>The lesser; NaN if either is NaN; −0 is less than +0.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The greater; NaN if either is NaN; +0 is greater than −0.</summary>
    static abstract V Max(V a, V b);

    static abstract V Abs(V a);
    static abstract V Sqrt(V a);

    /// <summary>To the nearest integer, ties to even.</summary>
    static abstract V Round(V a);

    static abstract V Floor(V a);
    static abstract V Ceiling(V a);
    static abstract V Truncate(V a);

    /// <summary>x·2ⁿ, rounded once, for integers n of at most twice the bias of the exponent; over- and underflow are right.</summary>
    static abstract V Scale(V x, V n);

    /// <summary>All lanes combined by <paramref name="f"/>, in halves.</summary>
    static abstract T Fold<TOp>(V v, TOp f)
        where TOp : struct, IBinaryOperator;
}
