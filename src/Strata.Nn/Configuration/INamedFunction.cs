namespace Strata.Nn;

/// <summary>What may be a function without arguments, for which its name stands: <c>"relu"</c>, <c>"mean_squared_error"</c>.</summary>
internal interface INamedFunction
{
    /// <summary>The name; null if there are arguments, which must be written, too.</summary>
    string? FunctionName { get; }
}
