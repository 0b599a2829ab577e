namespace Strata.Compilation;

/// <summary>What the host does before each run, in the order of the function: fill a value, or only act.</summary>
/// <param name="Value">The output of the <see cref="HostValue"/> to be filled; null for an action.</param>
/// <param name="Run">Fills the tensor it is given.</param>
internal readonly record struct HostStep(Tensor? Value, Action<Tensor?> Run);
