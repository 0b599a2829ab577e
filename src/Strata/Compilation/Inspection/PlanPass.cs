namespace Strata;

/// <summary>A pass that ran when a plan was made.</summary>
/// <param name="Name">Its name, as <see cref="CompileOptions.Without"/> takes it.</param>
/// <param name="Nodes">How many nodes the graph had after it.</param>
/// <param name="Time">How long it took.</param>
public sealed record PlanPass(string Name, int Nodes, TimeSpan Time);
