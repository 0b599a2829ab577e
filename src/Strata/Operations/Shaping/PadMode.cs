namespace Strata;

/// <summary>What padding takes for the elements beyond the edge, shown for [a b c d].</summary>
public enum PadMode
{
    /// <summary>A constant: 0 0 | a b c d | 0 0.</summary>
    Constant,

    /// <summary>The element at the edge: a a | a b c d | d d.</summary>
    Edge,

    /// <summary>Mirrored at the element at the edge, which is not repeated: c b | a b c d | c b.</summary>
    Reflect,

    /// <summary>Mirrored beyond the element at the edge, which is repeated: b a | a b c d | d c.</summary>
    Symmetric,

    /// <summary>From the other end: c d | a b c d | a b.</summary>
    Wrap,
}
