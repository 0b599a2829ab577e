using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>Which part of the domain, taken as rows, a reduction combines.</summary>
internal enum ReductionKind
{
    None,

    /// <summary>All elements.</summary>
    Whole,

    /// <summary>The elements of each row: [rows, width] → [rows].</summary>
    Trailing,

    /// <summary>The rows: [rows, width] → [width].</summary>
    Leading,
}
