using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What the adjoints of convolutions have in common, over however many axes: W [k…, filters, in], bias and activation. Sizes as in Keras: valid
/// n·s + max(k − s, 0), same n·s; with an output padding p, (n − 1)·s + k − 2·pad + p, pad being ⌊k/2⌋ for same and 0 for valid.</summary>
public abstract class TransposedLayer : KernelLayer
{
    readonly int filters;
    readonly int[] kernel, strides, outputPadding;
    readonly Padding padding;
    readonly Activation? activation;
    readonly bool useBias;
    Variable w = null!;
    Variable? b;

    private protected TransposedLayer(int filters, int[] kernel, int[] strides, Padding padding, int[]? outputPadding, Activation? activation, bool useBias) =>
        (this.filters, this.kernel, this.strides, this.padding, this.outputPadding, this.activation, this.useBias) = (filters, kernel, strides, padding, outputPadding ?? [], activation, useBias);

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        (config["filters"], config["kernel_size"], config["strides"], config["padding"]) = (filters, Written(kernel), Written(strides), Config.Of(padding));
        (config["output_padding"], config["activation"], config["use_bias"]) = (outputPadding.Length > 0 ? Written(outputPadding) : null, Config.Of(activation), useBias);
    }

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        Spatial.Require(x, kernel.Length);
        for (var i = 0; i < outputPadding.Length; i++)
            if (outputPadding[i] < 0 || outputPadding[i] >= strides[i]) throw new ShapeException($"the output padding {outputPadding[i]} must be 0 or more and less than the stride {strides[i]}.");
        w = Kernel([.. (ReadOnlySpan<int>)kernel, filters, x[^1]]);
        b = useBias ? Bias([filters]) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x.ConvolutionTranspose(w, strides, padding, outputPadding, []);
        if (b is not null) y += b;
        return activation is null ? y : activation.Of(y, context);
    }

    // Of one axis the number alone.
    static JsonNode Written(int[] sizes) => sizes is [var only] ? only : Config.Of(sizes);
}
