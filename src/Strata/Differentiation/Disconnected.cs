namespace Strata;

/// <summary>What to do about a variable or tensor whose gradient is asked for, but which the result does not depend on: often it is forgotten in the
/// formula, or the way to it leads through an operation without gradient.</summary>
public enum Disconnected
{
    /// <summary>Its gradient is zero.</summary>
    Zero,

    /// <summary>Its gradient is zero, and that is told on standard error.</summary>
    Warn,

    /// <summary>Fail.</summary>
    Fail,
}
