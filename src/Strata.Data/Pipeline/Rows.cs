namespace Strata.Data;

/// <summary>The rows of a tensor [n, …] that a data set holds.</summary>
sealed class Rows
{
    readonly Tensor tensor;
    readonly Shape shape; // of one row

    public Rows(Tensor tensor)
    {
        if (tensor.Rank == 0) throw new ShapeException("Dataset.From: a scalar has no rows; the first axis must count the examples.");
        this.tensor = tensor.Keep(); // the data set may outlive the scope that made the tensor
        shape = tensor.Shape[1..];
    }

    public Rows(Tensor tensor, Tensor first)
        : this(tensor)
    {
        if (tensor.Shape[0] != first.Shape[0])
            throw new ShapeException($"Dataset.From: the numbers of rows differ: {first.Shape} and {tensor.Shape} ({first.Shape[0]} ≠ {tensor.Shape[0]}).");
    }

    public int Count => tensor.Shape[0];

    public Tensor Row(int index) => Take(shape, [index]);

    public Tensor Gather(ReadOnlySpan<int> indices) => Take([indices.Length, .. shape.Span], indices);

    Tensor Take(Shape to, ReadOnlySpan<int> indices) => tensor.DType switch
    {
        DType.Float32 => Take<float>(to, indices),
        DType.Float64 => Take<double>(to, indices),
        DType.Int32 => Take<int>(to, indices),
        DType.Int64 => Take<long>(to, indices),
        DType.UInt8 => Take<byte>(to, indices),
        _ => Take<bool>(to, indices),
    };

    Tensor Take<T>(Shape to, ReadOnlySpan<int> indices)
        where T : unmanaged
    {
        var y = Tensor.Create<T, RowsToTake>(to, new(tensor, (int)shape.Size, indices), static (y, take) =>
        {
            var x = take.From.AsSpan<T>();
            for (var i = 0; i < take.Indices.Length; i++)
                x.Slice(take.Indices[i] * take.Length, take.Length).CopyTo(y[(i * take.Length)..]);
        });
        GC.KeepAlive(tensor);
        return y;
    }

    readonly ref struct RowsToTake(Tensor from, int length, ReadOnlySpan<int> indices)
    {
        public readonly Tensor From = from;
        public readonly int Length = length;
        public readonly ReadOnlySpan<int> Indices = indices;
    }
}
