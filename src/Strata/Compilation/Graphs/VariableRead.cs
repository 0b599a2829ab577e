namespace Strata.Compilation;

/// <summary>The value of a variable when the function begins.</summary>
internal sealed record VariableRead(Variable Variable) : Leaf(new TensorType(Variable.Shape, Variable.DType));
