namespace Strata;

/// <summary>What to do about an argument that a compiled function does not use: often it is forgotten in the formula.</summary>
public enum UnusedArgument
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>Tell on standard error.</summary>
    Warn,

    /// <summary>Fail.</summary>
    Fail,
}
