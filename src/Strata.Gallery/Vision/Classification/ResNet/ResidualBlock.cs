using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>y = relu(F(x) + shortcut(x)) (equations 1 and 2): F is a chain of convolutions, each followed by batch normalization and all but the last by
/// ReLU; the shortcut is the identity, or has weights as <see cref="Shortcuts"/> says.</summary>
/// <remarks>Figure 5 left: two 3×3 (<see cref="Basic"/>); right: 1×1, 3×3, 1×1 (<see cref="Bottleneck"/>). Later works change F, not the sum.</remarks>
public sealed class ResidualBlock : Layer
{
    readonly (Conv2D Convolution, BatchNormalization Normalization)[] chain;
    readonly Shortcuts shortcuts;
    readonly Sequential? projection;

    /// <summary>Creates a block.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="steps">Channels, window and stride of each convolution.</param>
    /// <param name="shortcuts">The network's kind of shortcut.</param>
    /// <param name="changes">Whether the size or the number of channels changes.</param>
    public ResidualBlock(string name, (int Filters, int Window, int Stride)[] steps, Shortcuts shortcuts, bool changes)
    {
        (Name, this.shortcuts) = (name, shortcuts);
        chain = [.. steps.Select((s, i) => (Track(Convolution($"conv{i + 1}", s.Filters, s.Window, s.Stride)), Track(Normalization($"bn{i + 1}"))))];
        if (shortcuts == Shortcuts.C || (shortcuts == Shortcuts.B && changes))
            projection = Track(new Sequential(Convolution("0", steps[^1].Filters, 1, steps.Aggregate(1, (stride, s) => stride * s.Stride)), Normalization("1")) { Name = "downsample" });
    }

    /// <summary>Two convolutions of 3×3.</summary>
    public static ResidualBlock Basic(string name, int filters, int stride, Shortcuts shortcuts, bool changes) => new(name, [(filters, 3, stride), (filters, 3, 1)], shortcuts, changes);

    /// <summary>1×1, 3×3 and 1×1 to four times the filters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="filters">Channels of the first two convolutions.</param>
    /// <param name="stride">The step of one of them.</param>
    /// <param name="shortcuts">The network's kind of shortcut.</param>
    /// <param name="changes">Whether the size or the number of channels changes.</param>
    /// <param name="strideIn3x3">Whether the step lies in the 3×3, as in torchvision ("ResNet v1.5"), and not in the first 1×1 as in the paper.</param>
    public static ResidualBlock Bottleneck(string name, int filters, int stride, Shortcuts shortcuts, bool changes, bool strideIn3x3 = true) =>
        new(name, [(filters, 1, strideIn3x3 ? 1 : stride), (filters, 3, strideIn3x3 ? stride : 1), (4 * filters, 1, 1)], shortcuts, changes);

    internal static Conv2D Convolution(string name, int filters, int window, int stride) =>
        new(filters, window, strides: stride, padding: Padding.Of(window / 2), useBias: false) { Name = name, KernelInitializer = Initializer.HeNormal };

    internal static BatchNormalization Normalization(string name) => new(momentum: .9, epsilon: 1e-5) { Name = name };

    /// <summary>x in another shape without weights (option A): every so many pixels of it, and zeros for the channels that are new; x itself if the shape is its own.</summary>
    /// <param name="x">[n, h, w, c].</param>
    /// <param name="shape">[n, ⌈h/stride⌉, ⌈w/stride⌉, at least c].</param>
    public static Tensor ZeroPadded(Tensor x, Shape shape)
    {
        var stride = (x.Shape[1] + shape[1] - 1) / shape[1];
        if (stride > 1) x = x.Slice([0, 0, 0, 0], [.. shape[..3].Span, x.Shape[3]], [1, stride, stride, 1]);
        return x.Shape == shape ? x : x.Pad([(0, 0), (0, 0), (0, 0), (0, shape[3] - x.Shape[3])]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var y = x;
        for (var i = 0; i < chain.Length; i++)
        {
            y = chain[i].Normalization.Apply(chain[i].Convolution.Apply(y, context), context);
            if (i < chain.Length - 1) y = y.Relu();
        }

        if (shortcuts == Shortcuts.None) return y.Relu();
        return (y + (projection?.Apply(x, context) ?? ZeroPadded(x, y.Shape))).Relu();                                                  // (1), (2)
    }
}
