namespace Strata.Data;

/// <summary>Batches of elements that are tensors: they are stacked along a new first axis.</summary>
public static class DatasetBatching
{
    /// <summary>Batches [size, …] of tensors [ … ].</summary>
    /// <param name="dataset">Elements of one shape.</param>
    /// <param name="size">Elements of a batch, at least 1.</param>
    /// <param name="dropRemainder">Whether a last batch that is not full is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public static Dataset<Tensor> Batch(this Dataset<Tensor> dataset, int size, bool dropRemainder = false) =>
        dataset.BatchCore(size, dropRemainder, items => Tensor.Stack([.. items]));

    /// <inheritdoc cref="Batch(Dataset{Tensor}, int, bool)"/>
    public static Dataset<(Tensor X, Tensor Y)> Batch(this Dataset<(Tensor X, Tensor Y)> dataset, int size, bool dropRemainder = false) =>
        dataset.BatchCore(size, dropRemainder, items => (Tensor.Stack([.. items.Select(i => i.X)]), Tensor.Stack([.. items.Select(i => i.Y)])));

    /// <inheritdoc cref="Batch(Dataset{Tensor}, int, bool)"/>
    public static Dataset<(Tensor X, Tensor Y, Tensor Z)> Batch(this Dataset<(Tensor X, Tensor Y, Tensor Z)> dataset, int size, bool dropRemainder = false) =>
        dataset.BatchCore(size, dropRemainder, items =>
            (Tensor.Stack([.. items.Select(i => i.X)]), Tensor.Stack([.. items.Select(i => i.Y)]), Tensor.Stack([.. items.Select(i => i.Z)])));
}
