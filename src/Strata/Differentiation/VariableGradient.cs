namespace Strata;

/// <summary>The gradient of a loss for a variable: of all of it, or of the rows of a table that were looked up, the others being zero.</summary>
/// <remarks>The gradient of a large table whose few rows a batch looks up is almost all zeros; as rows it costs what the batch costs, in memory and in the
/// optimizer. The price is that optimizers are then lazy: a row that was not looked up keeps its states, where a gradient of zero would let a momentum or
/// a moving average decay and go on moving the row. For SGD without momentum and AdaGrad both ways are the same.</remarks>
/// <param name="Values">The gradient, like the variable; or rows [m, …].</param>
/// <param name="Rows">Which row each of the values belongs to: int64 [m], in any order; values of a row that stands more than once add up, and a negative
/// number stands for none. Null: the values are for all of the variable.</param>
public sealed record VariableGradient(Tensor Values, Tensor? Rows = null)
{
    /// <summary>The gradient for all of a variable of the given shape.</summary>
    public Tensor ToDense(Shape shape)
    {
        if (Rows is null) return Values;
        var counts = Rows >= 0;
        var values = Values * counts.Cast(Values.DType).Reshape([-1, .. Enumerable.Repeat(1, Values.Rank - 1)]);
        return Tensor.Zeros(shape, Values.DType).ScatterAdd(Tensor.Where(counts, Rows, Tensor.Scalar(0, DType.Int64)), values);
    }

    /// <summary>The same with each row once; the places of the others hold zeros and the row −1.</summary>
    internal VariableGradient Merged()
    {
        if (Rows is null) return this;
        var merged = new Operations.MergeRows().Apply(Rows, Values);
        return new VariableGradient(merged[1], merged[0]);
    }
}
