using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>An operation of a <see cref="FusedProgram"/>. Its operands are numbers of values: the program's inputs come first, then the results of the steps in their order.</summary>
internal readonly record struct FusedStep(Operation Operation, ValueList<int> Operands);
