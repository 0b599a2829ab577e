namespace Strata.Data;

/// <summary>Makes data sets of what a program has.</summary>
public static class Dataset
{
    /// <summary>The rows of a tensor [n, …]: n elements [ … ].</summary>
    /// <exception cref="ShapeException">The tensor is a scalar.</exception>
    public static MemoryDataset<Tensor> From(Tensor x)
    {
        var rows = new Rows(x);
        return new(rows.Count, rows.Row, rows.Gather);
    }

    /// <summary>The rows of two tensors [n, …] side by side: examples and their targets.</summary>
    /// <exception cref="ShapeException">The tensors have different numbers of rows, or one is a scalar.</exception>
    public static MemoryDataset<(Tensor X, Tensor Y)> From(Tensor x, Tensor y)
    {
        var (a, b) = (new Rows(x), new Rows(y, x));
        return new(a.Count, i => (a.Row(i), b.Row(i)), indices => (a.Gather(indices), b.Gather(indices)));
    }

    /// <summary>The rows of three tensors [n, …] side by side.</summary>
    /// <exception cref="ShapeException">The tensors have different numbers of rows, or one is a scalar.</exception>
    public static MemoryDataset<(Tensor X, Tensor Y, Tensor Z)> From(Tensor x, Tensor y, Tensor z)
    {
        var (a, b, c) = (new Rows(x), new Rows(y, x), new Rows(z, x));
        return new(a.Count, i => (a.Row(i), b.Row(i), c.Row(i)), indices => (a.Gather(indices), b.Gather(indices), c.Gather(indices)));
    }

    /// <summary>The items of a list, in its order. The list must not change while the data set is used.</summary>
    public static MemoryDataset<T> From<T>(IReadOnlyList<T> items) => new(items.Count, i => items[i]);

    /// <summary>The elements of a sequence, which is enumerated anew each epoch and should be the same each time.</summary>
    public static Dataset<T> From<T>(IEnumerable<T> sequence) => new SequenceDataset<T>(_ => sequence);

    /// <summary>The sequence that <paramref name="epoch"/> gives for the number of the epoch.</summary>
    public static Dataset<T> FromEpochs<T>(Func<long, IEnumerable<T>> epoch) => new SequenceDataset<T>(epoch);

    /// <summary>Elements computed from their number, 0, 1, 2, …, the same in each epoch.</summary>
    /// <param name="element">Must be a pure function.</param>
    /// <param name="count">How many; null is without end.</param>
    public static Dataset<T> Generate<T>(Func<long, T> element, long? count = null) => new GeneratedDataset<T>(element, count);
}
