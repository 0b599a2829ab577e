namespace Strata.Compilation;

/// <summary>A tensor from outside of the function that is always the same.</summary>
internal sealed record Constant(Tensor Value) : Leaf(Value.Type);
