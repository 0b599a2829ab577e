namespace Strata.Nn;

/// <summary>Zeros around each image;  x [n, h, w, c] → y [n, top + h + bottom, left + w + right, c].</summary>
public sealed class ZeroPadding2D(int top, int bottom, int left, int right) : Layer
{
    /// <summary>The same amount on all four sides.</summary>
    public ZeroPadding2D(int amount = 1)
        : this(amount, amount, amount, amount)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == 4
        ? x.Pad([(0, 0), (top, bottom), (left, right), (0, 0)])
        : throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x.Shape}.");
}
