using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>The mean of each of height × width parts of an image of any size, as PyTorch cuts them: part i of a axis of n elements goes from ⌊i·n/parts⌋
/// to ⌈(i + 1)·n/parts⌉;  x [n, h, w, c] → y [n, height, width, c].</summary>
public sealed class AdaptiveAveragePooling2D(int height, int width) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (x.Rank != 4) throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x.Shape}.");
        return Along(Along(x, 1, height), 2, width);
    }

    static Tensor Along(Tensor x, int axis, int parts)
    {
        var size = x.Shape[axis];
        if (size == parts) return x;
        var means = new Tensor[parts];
        for (var i = 0; i < parts; i++)
        {
            var (start, end) = (i * size / parts, (((i + 1) * size) + parts - 1) / parts);
            int[] starts = new int[4], sizes = [.. x.Shape];
            (starts[axis], sizes[axis]) = (start, end - start);
            means[i] = x.Slice(starts, sizes).Mean(axis, keepDims: true);
        }

        return Tensor.Concatenate(means, axis);
    }
}
