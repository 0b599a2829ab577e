using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>A convolution whose maps see only some of the maps before them; x [n, h, w, in] → [n, h − k + 1, w − k + 1, out]. Only connected
/// pairs have weights: k² each, and a bias for each map.</summary>
/// <param name="table">Who sees whom.</param>
/// <param name="size">k, the height and width of the window.</param>
/// <param name="activation">Applied to the result.</param>
public sealed class TableConvolution(ConnectionTable table, int size, Activation activation) : Layer
{
    readonly Tensor spread = table.Spread().Keep();
    Variable w = null!;
    Variable b = null!;

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        if (x.Rank != 4 || x[3] != table.Inputs) throw new ShapeException($"the input must be [examples, height, width, {table.Inputs}], but it is {x}.");
        var limit = 2.4 / (size * size * table.Count / (double)table.Sources.Count); // the mean number of inputs of a unit
        w = Weight("kernel", [size * size, table.Count], new RandomUniform(-limit, limit));
        b = Weight("bias", [table.Sources.Count], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        var kernel = ((Tensor)w).MatMul(spread).Reshape(size, size, table.Inputs, table.Sources.Count);
        return activation.Apply(x.Convolution(kernel, [], Padding.Valid, []) + b, context);
    }
}
