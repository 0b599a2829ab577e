using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A 1×1 convolution to more channels, a 3×3 of each channel by itself, both with batch normalization and ReLU6, and a linear 1×1 to few channels
/// (table 1); x is added where the shape stays;  [n, h, w, inputs] → [n, ⌈h/stride⌉, ⌈w/stride⌉, outputs].</summary>
public sealed class InvertedResidual : Layer
{
    readonly Sequential conv;
    readonly bool shortcut;

    /// <summary>Creates the block from a row of table 2.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">c: channels of the output.</param>
    /// <param name="stride">s: the step of the 3×3.</param>
    /// <param name="expansion">t: how many times the channels of the input there are in between; at 1 the first convolution is left out.</param>
    public InvertedResidual(string name, int inputs, int outputs, int stride, int expansion)
    {
        Name = name;
        shortcut = stride == 1 && inputs == outputs;
        var width = inputs * expansion;
        conv = new Sequential { Name = "conv" };
        if (expansion > 1) conv.Add(Unit("0", width, 1));
        conv.Add(Unit($"{conv.Layers.Count}", width, 3, stride, groups: width));
        conv.Add(Convolution($"{conv.Layers.Count}", outputs, 1));
        conv.Add(ResidualBlock.Normalization($"{conv.Layers.Count}"));
        Track(conv);
    }

    /// <summary>Convolution without bias, batch normalization and ReLU6.</summary>
    internal static Sequential Unit(string name, int filters, int window, int stride = 1, int groups = 1) =>
        new(Convolution("0", filters, window, stride, groups), ResidualBlock.Normalization("1"), Activation.Relu6) { Name = name };

    static Conv2D Convolution(string name, int filters, int window, int stride = 1, int groups = 1) =>
        new(filters, window, strides: stride, padding: Padding.Of(window / 2), groups: groups, useBias: false) { Name = name, KernelInitializer = Initializer.HeNormal };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = conv.Apply(x, context);
        return shortcut ? x + y : y;
    }
}
