using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Max pooling with steps of 2 whose last window may reach beyond the border: n → ⌈(n − window)/2⌉ + 1.</summary>
public sealed class CeilingMaxPooling2D(int window) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == 4
        ? x.MaxPool([window, window], [2, 2], Padding.Of([(0, Beyond(x.Shape[1])), (0, Beyond(x.Shape[2]))]))
        : throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x.Shape}.");

    int Beyond(int size) => (Math.Max(size - window, 0) % 2) + Math.Max(window - size, 0);
}
