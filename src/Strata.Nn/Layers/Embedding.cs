using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Row x of a table;  x […] of integers in 0 … count − 1 → y […, size].</summary>
/// <param name="count">Rows of the table: the size of the vocabulary.</param>
/// <param name="size">Length of a row.</param>
/// <param name="maskZero">Whether 0 stands for padding, which the layers that follow leave out; the vocabulary then begins at 1.</param>
public sealed class Embedding(int count, int size, bool maskZero = false) : Layer
{
    Variable table = null!;

    /// <summary>The first value of the table.</summary>
    public Initializer Initializer { get; init; } = Initializer.RandomUniform;

    /// <summary>A penalty on the table.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>What is done to the table after each update.</summary>
    public Constraint? Constraint { get; init; }

    /// <summary>Whether training changes only the rows that a batch looks up, at a cost that does not grow with the table: worth it for large vocabularies. With
    /// SGD without momentum and AdaGrad, both without weight decay, nothing else changes, and null, the default, means yes where it pays; other optimizers
    /// become lazy (see <see cref="VariableGradient"/>), and null means no. A penalty on the table makes the gradient dense again.</summary>
    public bool? SparseGradient { get; init; }

    internal static Embedding FromConfig(Config c) => new(c.Int("input_dim"), c.Int("output_dim"), c.Bool("mask_zero"))
    {
        Initializer = c.Required<Initializer>("embeddings_initializer"),
        Regularizer = c.Object<Regularizer>("embeddings_regularizer"),
        Constraint = c.Object<Constraint>("embeddings_constraint"),
        SparseGradient = c.BoolOrNull("sparse_gradient"),
    };

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["input_dim"], config["output_dim"], config["mask_zero"], config["sparse_gradient"]) = (count, size, maskZero, SparseGradient);
        (config["embeddings_initializer"], config["embeddings_regularizer"], config["embeddings_constraint"]) = (Config.Of(Initializer), Config.Of(Regularizer), Config.Of(Constraint));
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        table = Weight("embeddings", [count, size], Initializer, regularizer: Regularizer, constraint: Constraint);
        table.SparseGradient = SparseGradient;
    }

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Stop;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = table.Borrow().Embedding(x.DType.IsFloating() ? x.Cast(DType.Int32) : x);
        if (maskZero) context.SetMask(y, x.NotEqualTo(0));
        return y;
    }
}
