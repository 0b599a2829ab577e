using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Convolution without bias, batch normalization without scale (ReLU and the next convolution make up for it) and ReLU, of which Keras's inception networks
/// are made;  [n, h, w, c] → [n, h', w', filters].</summary>
public sealed class InceptionUnit : Layer
{
    readonly Conv2D convolution;
    readonly BatchNormalization normalization;

    /// <summary>Creates the unit.</summary>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel">Height and width of the window.</param>
    /// <param name="stride">Steps of the window.</param>
    /// <param name="valid">Whether windows lie inside of the input (V in the paper's figures); otherwise zeros keep the size.</param>
    /// <param name="name">The name of the convolution, and with "_bn" of the normalization; by default they are numbered.</param>
    public InceptionUnit(int filters, Window kernel, int stride = 1, bool valid = false, string? name = null)
    {
        var padding = valid ? Padding.Valid : Padding.Same;
        convolution = Track(name is null
            ? new Conv2D(filters, kernel, strides: stride, padding: padding, useBias: false)
            : new Conv2D(filters, kernel, strides: stride, padding: padding, useBias: false) { Name = name });
        normalization = Track(name is null ? new BatchNormalization(scale: false) : new BatchNormalization(scale: false) { Name = $"{name}_bn" });
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => normalization.Apply(convolution.Apply(x, context), context).Relu();
}
