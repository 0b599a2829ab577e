using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>y = [x, H(x)] (equation 2; x holds the channels of all layers before): H is batch normalization, ReLU and a 1×1 convolution to four times the
/// growth rate, then the three again with 3×3 (DenseNet-B);  [n, h, w, c] → [n, h, w, c + growth].</summary>
public sealed class DenseLayer : Layer
{
    readonly BatchNormalization norm1 = ResidualBlock.Normalization("norm1"), norm2 = ResidualBlock.Normalization("norm2");
    readonly Conv2D conv1, conv2;

    /// <summary>Creates the layer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="growth">k: the channels that it adds.</param>
    public DenseLayer(string name, int growth)
    {
        Name = name;
        Track(norm1);
        conv1 = Track(ResidualBlock.Convolution("conv1", 4 * growth, 1, 1));
        Track(norm2);
        conv2 = Track(ResidualBlock.Convolution("conv2", growth, 3, 1));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var narrow = conv1.Apply(norm1.Apply(x, context).Relu(), context);
        return Tensor.Concatenate([x, conv2.Apply(norm2.Apply(narrow, context).Relu(), context)], -1);                                  // (2)
    }
}
