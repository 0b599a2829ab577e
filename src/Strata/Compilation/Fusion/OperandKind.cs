namespace Strata.Compilation.Fusion;

/// <summary>How a tile finds the elements of an input.</summary>
internal enum OperandKind
{
    /// <summary>It has an element for each place of the domain.</summary>
    Stream,

    /// <summary>It has one element.</summary>
    Same,

    /// <summary>It repeats alike in every tile and is written out once a run.</summary>
    Pattern,

    /// <summary>It is written out for each tile.</summary>
    Spread,
}
