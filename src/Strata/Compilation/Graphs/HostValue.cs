namespace Strata.Compilation;

/// <summary>A tensor that the host writes before each run: a learning rate, the key of a random draw.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Number">Its number among the function's host values, which keeps two of them apart.</param>
internal sealed record HostValue(TensorType Type, int Number) : Leaf(Type);
