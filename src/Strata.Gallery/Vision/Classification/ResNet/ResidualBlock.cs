using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>y = relu(F(x) + shortcut(x)) (equations 1 and 2): F is a chain of convolutions, each followed by batch normalization and all but the last by
/// ReLU; the shortcut is the identity, or a 1×1 convolution where the size or the number of channels changes.</summary>
/// <remarks>Figure 5 left: two 3×3 (<see cref="Basic"/>); right: 1×1, 3×3, 1×1 (<see cref="Bottleneck"/>). Later works change F, not the sum.</remarks>
public sealed class ResidualBlock : Layer
{
    readonly (Conv2D Convolution, BatchNormalization Normalization)[] chain;
    readonly Sequential? shortcut;

    /// <summary>Creates a block.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="steps">Channels, window and stride of each convolution.</param>
    /// <param name="project">Whether the shortcut is a convolution, with the steps' strides.</param>
    public ResidualBlock(string name, (int Filters, int Window, int Stride)[] steps, bool project)
    {
        Name = name;
        chain = [.. steps.Select((s, i) => (Track(Convolution($"conv{i + 1}", s.Filters, s.Window, s.Stride)), Track(Normalization($"bn{i + 1}"))))];
        if (project)
            shortcut = Track(new Sequential(Convolution("0", steps[^1].Filters, 1, steps.Aggregate(1, (stride, s) => stride * s.Stride)), Normalization("1")) { Name = "downsample" });
    }

    /// <summary>Two convolutions of 3×3.</summary>
    public static ResidualBlock Basic(string name, int filters, int stride, bool project) => new(name, [(filters, 3, stride), (filters, 3, 1)], project);

    /// <summary>1×1, 3×3 and 1×1 to four times the filters. The step lies in the 3×3, as in torchvision ("ResNet v1.5"); in the paper in the first 1×1.</summary>
    public static ResidualBlock Bottleneck(string name, int filters, int stride, bool project) => new(name, [(filters, 1, 1), (filters, 3, stride), (4 * filters, 1, 1)], project);

    internal static Conv2D Convolution(string name, int filters, int window, int stride) =>
        new(filters, window, strides: stride, padding: Padding.Of(window / 2), useBias: false) { Name = name, KernelInitializer = Initializer.HeNormal };

    internal static BatchNormalization Normalization(string name) => new(momentum: .9, epsilon: 1e-5) { Name = name };

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x;
        for (var i = 0; i < chain.Length; i++)
        {
            y = chain[i].Normalization.Apply(chain[i].Convolution.Apply(y, context), context);
            if (i < chain.Length - 1) y = y.Relu();
        }

        return (y + (shortcut is null ? x : shortcut.Apply(x, context))).Relu();                                                        // (1), (2)
    }
}
