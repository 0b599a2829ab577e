namespace Strata.Kernels.Elementwise;

/// <summary>The forms of element-wise kernels.</summary>
internal enum OperatorKind
{
    Unary,
    Binary,

    /// <summary>A binary operator whose result is a mask.</summary>
    Compare,
    Where,
    Cast,
}
