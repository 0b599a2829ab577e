namespace Strata.Data;

/// <summary>The rows of a tensor [n, …] that a data set holds.</summary>
sealed class Rows
{
    readonly Tensor tensor;

    public Rows(Tensor tensor)
    {
        if (tensor.Rank == 0) throw new ShapeException("Dataset.From: a scalar has no rows; the first axis must count the examples.");
        this.tensor = tensor.Keep(); // the data set may outlive the scope that made the tensor
    }

    public Rows(Tensor tensor, Tensor first)
        : this(tensor)
    {
        if (tensor.Shape[0] != first.Shape[0])
            throw new ShapeException($"Dataset.From: the numbers of rows differ: {first.Shape} and {tensor.Shape} ({first.Shape[0]} ≠ {tensor.Shape[0]}).");
    }

    public int Count => tensor.Shape[0];

    public Tensor Row(int index) => tensor.Gather(index);

    public Tensor Gather(ReadOnlySpan<int> indices) => tensor.Gather(Tensor.From(indices));
}
