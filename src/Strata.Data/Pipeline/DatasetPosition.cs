namespace Strata.Data;

/// <summary>A place in a data set: before element <paramref name="Index"/> of pass <paramref name="Epoch"/>. Saved with a checkpoint, it lets training go
/// on with exactly the elements that would have followed.</summary>
/// <param name="Epoch">The pass over the data, from 0.</param>
/// <param name="Index">Elements of that pass that have been handed out (batches, of a data set of batches).</param>
public readonly record struct DatasetPosition(long Epoch, long Index);
