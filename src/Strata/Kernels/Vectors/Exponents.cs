using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Kernels.Vectors;

/// <summary>Exponents of floating-point numbers by operations on their bits.</summary>
internal static class Exponents<V, T>
    where V : struct, IVector<V, T>
    where T : unmanaged, INumber<T>
{
    const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>2ⁿ for an integer n in the range of normal numbers.</summary>
    [MethodImpl(Inline)]
    public static V Power(V n) =>
        // The sum is so large that its last bit counts 1: it holds n + bias in its low bits, and the shift moves them to the exponent.
        typeof(T) == typeof(float)
            ? (n + V.Of(12582912 + 127)) << 23
            : (n + V.Of(6755399441055744 + 1023)) << 52;

    /// <summary>x·2ⁿ for |n| up to twice the bias: two exact halves, so that only the last product rounds.</summary>
    [MethodImpl(Inline)]
    public static V Scale(V x, V n)
    {
        var half = V.Floor(n * V.Of(0.5));
        return x * Power(half) * Power(n - half);
    }

    /// <summary>The exponent of a positive normal number as a number: ⌊log₂ x⌋.</summary>
    [MethodImpl(Inline)]
    public static V Exponent(V x) =>
        // The exponent's bits under those of 2²³ (2⁵²) make the number 2²³ + exponent.
        typeof(T) == typeof(float)
            ? ((x >>> 23) | V.Of(8388608)) - V.Of(8388608 + 127)
            : ((x >>> 52) | V.Of(4503599627370496)) - V.Of(4503599627370496 + 1023);

    /// <summary>The mantissa of a positive normal number, in [1, 2).</summary>
    [MethodImpl(Inline)]
    public static V Mantissa(V x) => (x & Bits(0x007FFFFF, 0x000FFFFFFFFFFFFF)) | V.Of(1);

    /// <summary>The sign bit.</summary>
    public static V Sign
    {
        [MethodImpl(Inline)]
        get => Bits(0x80000000, 0x8000000000000000);
    }

    [MethodImpl(Inline)]
    public static V Bits(uint single, ulong wide) => typeof(T) == typeof(float)
        ? Unsafe.BitCast<uint, T>(single)
        : Unsafe.BitCast<ulong, T>(wide);
}
