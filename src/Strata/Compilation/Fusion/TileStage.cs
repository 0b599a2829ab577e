using Strata.Operations;

namespace Strata.Compilation.Fusion;

/// <summary>What is done with a tile in one go: an operation run on it, or a loop over its vectors that does several.</summary>
/// <param name="Reads">The values that are read.</param>
/// <param name="Writes">The values that are written.</param>
/// <param name="Operation">The operation; null if there is a loop.</param>
/// <param name="Loop">The loop.</param>
internal sealed record TileStage(int[] Reads, int[] Writes, Operation? Operation, TileLoop? Loop = null);
