namespace Strata.Nn;

/// <summary>The mean of each window, channel by channel;  x [n, h, w, c] → y [n, h', w', c]. Padding does not count: the mean is over the real cells.</summary>
/// <param name="pool">Height and width of the window.</param>
/// <param name="strides">Steps of the window; by default its size.</param>
/// <param name="padding">How borders are treated; by default <see cref="Padding.Valid"/>.</param>
public sealed class AveragePooling2D(Window? pool = null, Window? strides = null, Padding padding = default) : Layer
{
    readonly Window pool = (pool ?? 2).Checked(nameof(AveragePooling2D), nameof(pool));
    readonly Window strides = (strides ?? pool ?? 2).Checked(nameof(AveragePooling2D), nameof(strides));

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == 4
        ? x.AveragePool([pool.Height, pool.Width], [strides.Height, strides.Width], padding)
        : throw new ShapeException($"the input must be [examples, height, width, channels], but it is {x.Shape}.");
}
