using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>An input of a model: the first layer of a <see cref="Sequential"/> whose input shape is known, which can then be built and summarized
/// without data, or where the graph of a <see cref="Model"/> begins.</summary>
/// <param name="shape">The shape of an example, without the axis of examples.</param>
/// <param name="dtype">The type of the elements, by default <see cref="Configuration.FloatType"/>; int32 for what goes into an <see cref="Embedding"/>.</param>
public sealed class Input(Shape shape, DType? dtype = null) : Layer
{
    readonly DType dtype = dtype ?? Configuration.FloatType;
    SymbolicTensor? symbol;

    /// <summary>The shape of an example.</summary>
    public Shape Shape => shape;

    /// <summary>The type of the elements.</summary>
    public DType Type => dtype;

    /// <summary>The input as a symbolic tensor, which layers can be applied to.</summary>
    public SymbolicTensor Symbol => symbol ??= new LayerCall(this, [], [(new TensorType(shape, dtype), null)]).Outputs[0];

    /// <summary>What comes out of the layers, one after the other, applied to this input.</summary>
    /// <exception cref="LayerException">A layer cannot take what it would get.</exception>
    public SymbolicTensor Then(params ReadOnlySpan<Layer> layers) => Symbol.Then(layers);

    internal static Input FromConfig(Config c) => new(Shape.Of(c.Ints("shape")), c.DType("type"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["shape"], config["type"]) = (Config.Of(shape.Span), dtype.Name());

    /// <inheritdoc/>
    protected override MaskRule MaskRule => MaskRule.Pass;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank > 0 && x.Shape[1..] == shape
        ? x
        : throw new ShapeException($"examples must be {shape}, but the input is {x.Shape}, which has examples {(x.Rank > 0 ? x.Shape[1..] : x.Shape)}.");
}
