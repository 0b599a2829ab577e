namespace Strata.Nn;

/// <summary>How <see cref="Bidirectional"/> makes one output of those of its two layers.</summary>
public enum MergeMode
{
    /// <summary>Side by side along the last axis, forward first.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their product.</summary>
    Mul,

    /// <summary>Their mean.</summary>
    Ave,

    /// <summary>Not at all: two outputs.</summary>
    None,
}
