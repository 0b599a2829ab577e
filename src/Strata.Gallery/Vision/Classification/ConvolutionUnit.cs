using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Convolution without bias, batch normalization and ReLU, of which inception modules are made;  [n, h, w, c] → [n, h', w', filters].</summary>
public sealed class ConvolutionUnit : Layer
{
    readonly Conv2D convolution;
    readonly BatchNormalization normalization;

    /// <summary>Creates the unit.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="kernel">Height and width of the window.</param>
    /// <param name="stride">Steps of the window.</param>
    /// <param name="padding">Rows and columns of zeros on each side; by default those that keep the size if the stride is 1.</param>
    public ConvolutionUnit(string name, int filters, Window kernel, int stride = 1, Window? padding = null)
    {
        var (height, width) = padding ?? ((kernel.Height / 2, kernel.Width / 2));
        Name = name;
        convolution = Track(new Conv2D(filters, kernel, strides: stride, padding: Padding.Of([(height, height), (width, width)]), useBias: false)
        {
            Name = "conv", KernelInitializer = Initializer.HeNormal,
        });
        normalization = Track(new BatchNormalization(momentum: .9, epsilon: 1e-3) { Name = "bn" });
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => normalization.Apply(convolution.Apply(x, context), context).Relu();
}
