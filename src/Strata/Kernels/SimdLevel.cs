using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Kernels;

/// <summary>The vector width that the kernels run at; the value is the width in bits.</summary>
public enum SimdLevel
{
    /// <summary>Plain scalar code, no vector instruction: the reference that every other level must agree with.</summary>
    Portable = 0,

    /// <summary>128-bit vectors (SSE, NEON).</summary>
    Vector128 = 128,

    /// <summary>256-bit vectors (AVX2).</summary>
    Vector256 = 256,

    /// <summary>512-bit vectors (AVX-512).</summary>
    Vector512 = 512,
}

/// <summary>Which vector width the kernels use. Chosen once at start-up: the widest that the processor accelerates, or what the
/// environment variable <c>STRATA_SIMD</c> (<c>512</c>, <c>256</c>, <c>128</c> or <c>portable</c>) asks for.</summary>
public static class Simd
{
    /// <summary>The widest level that this processor accelerates.</summary>
    public static SimdLevel Widest { get; } =
        // Vector512.IsHardwareAccelerated is false where the runtime expects the clock to drop (Skylake and Cascade Lake servers), though
        // AVX-512 is compiled well there and two 512-bit multipliers outdo the drop.
        Vector512.IsHardwareAccelerated || Avx512F.IsSupported ? SimdLevel.Vector512
        : Vector256.IsHardwareAccelerated ? SimdLevel.Vector256
        : Vector128.IsHardwareAccelerated ? SimdLevel.Vector128
        : SimdLevel.Portable;

    /// <summary>The level in force. A kernel reads it once a call. May be lowered (never raised above <see cref="Widest"/>), which tests
    /// use to compare the widths.</summary>
    /// <exception cref="NotSupportedException">The processor does not accelerate the level asked for.</exception>
    public static SimdLevel Level
    {
        get;
        set => field = value <= Widest
            ? value
            : throw new NotSupportedException($"Simd.Level: {value} was asked for, but this processor accelerates at most {Widest}.");
    } = FromEnvironment(Environment.GetEnvironmentVariable("STRATA_SIMD"));

    static SimdLevel FromEnvironment(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" => Widest,
        "portable" => SimdLevel.Portable,
        "128" => Min(SimdLevel.Vector128),
        "256" => Min(SimdLevel.Vector256),
        "512" => Min(SimdLevel.Vector512),
        _ => throw new NotSupportedException($"STRATA_SIMD: '{text}' is not a vector width; use 512, 256, 128 or portable."),
    };

    static SimdLevel Min(SimdLevel level) => level < Widest ? level : Widest;
}
