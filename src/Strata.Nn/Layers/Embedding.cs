namespace Strata.Nn;

/// <summary>Row x of a table;  x […] of integers in 0 … count − 1 → y […, size].</summary>
/// <param name="count">Rows of the table: the size of the vocabulary.</param>
/// <param name="size">Length of a row.</param>
public sealed class Embedding(int count, int size) : Layer
{
    Variable table = null!;

    /// <summary>The first value of the table.</summary>
    public Initializer Initializer { get; init; } = Initializer.RandomUniform;

    /// <summary>A penalty on the table.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>What is done to the table after each update.</summary>
    public Constraint? Constraint { get; init; }

    /// <inheritdoc/>
    protected override void Build(Shape x) => table = Weight("embeddings", [count, size], Initializer, regularizer: Regularizer, constraint: Constraint);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => table.Borrow().Embedding(x.DType.IsFloating() ? x.Cast(DType.Int32) : x);
}
