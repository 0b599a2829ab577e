namespace Strata.Compilation;

/// <summary>Argument number <paramref name="Index"/> of the function.</summary>
internal sealed record Argument(TensorType Type, int Index) : Leaf(Type);
