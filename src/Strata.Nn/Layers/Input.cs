namespace Strata.Nn;

/// <summary>The first layer of a model whose input shape is known: the model can then be built and summarized without data.</summary>
/// <param name="shape">The shape of an example, without the axis of examples.</param>
/// <param name="dtype">The type of the elements: int32 for what goes into an <see cref="Embedding"/>.</param>
public sealed class Input(Shape shape, DType dtype = DType.Float32) : Layer
{
    /// <summary>The shape of an example.</summary>
    public Shape Shape => shape;

    /// <summary>The type of the elements.</summary>
    public DType Type => dtype;

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank > 0 && x.Shape[1..] == shape
        ? x
        : throw new ShapeException($"examples must be {shape}, but the input is {x.Shape}, which has examples {(x.Rank > 0 ? x.Shape[1..] : x.Shape)}.");
}
