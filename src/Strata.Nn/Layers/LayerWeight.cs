namespace Strata.Nn;

/// <summary>A weight as its layer holds it.</summary>
internal sealed record LayerWeight(string Name, Variable Variable, bool Learned, Regularizer? Regularizer, Constraint? Constraint);
