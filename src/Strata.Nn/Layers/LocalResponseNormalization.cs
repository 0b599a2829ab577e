using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>y_c = x_c/(k + α Σ_j x_j²)^β over the <paramref name="size"/> channels j around c (Krizhevsky, Sutskever and Hinton 2012, section 3.3, whose α is not divided by
/// the number of channels).</summary>
/// <param name="size">The number of channels of a sum, odd.</param>
/// <param name="k">k.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
public sealed class LocalResponseNormalization(int size = 5, double k = 2, double alpha = 1e-4, double beta = .75) : Layer
{
    readonly int size = size > 0 && size % 2 == 1 ? size : throw new ArgumentOutOfRangeException(nameof(size), size, "LocalResponseNormalization: size must be odd and at least 1.");

    internal static LocalResponseNormalization FromConfig(Config c) => new(c.Int("size"), c.Double("k"), c.Double("alpha"), c.Double("beta"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["size"], config["k"], config["alpha"], config["beta"]) = (size, k, alpha, beta);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        if (x.Rank < 2) throw new ShapeException($"the input must have an axis of examples and one of channels, but it is {x.Shape}.");
        var (reach, channels) = (size / 2, x.Shape[^1]);
        var squares = x.Square().Pad([.. Enumerable.Repeat((0, 0), x.Rank - 1), (reach, reach)]);
        var sum = squares.Slice(new int[x.Rank], x.Shape.Span);
        var start = new int[x.Rank];
        for (start[^1] = 1; start[^1] < size; start[^1]++) sum += squares.Slice(start, x.Shape.Span);
        return x * (k + (alpha * sum)).Power(-beta);
    }
}
