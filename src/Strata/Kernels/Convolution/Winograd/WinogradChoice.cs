namespace Strata.Kernels;

/// <summary>The ways to compute a 3×3 convolution of stride 1.</summary>
internal enum WinogradChoice
{
    /// <summary>The direct convolution.</summary>
    None,

    /// <summary>F(2×2, 3×3): 16 products for 4 outputs instead of 36.</summary>
    F2,

    /// <summary>F(4×4, 3×3): 36 products for 16 outputs instead of 144.</summary>
    F4,
}
