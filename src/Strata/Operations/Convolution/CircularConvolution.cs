namespace Strata;

public sealed partial class Tensor
{
    /// <summary>y(i) = Σⱼ x(j)·s(i − j) along the last axis, whose ends meet: s holds the shares of the shifts −m … m.</summary>
    /// <param name="shifts">s […, 2m + 1]; leading axes broadcast with those of x.</param>
    /// <exception cref="ShapeException">The number of shifts is even or larger than the axis.</exception>
    public Tensor CircularConvolution(Tensor shifts)
    {
        if (Rank == 0 || shifts.Rank == 0 || shifts.Shape[^1] % 2 == 0 || shifts.Shape[^1] > Shape[^1])
            throw new ShapeException($"CircularConvolution: shifts {shifts.Shape} do not fit {Shape}; along the last axis there must be an odd number of them, at most as many as elements.");
        var (size, most) = (Shape[^1], shifts.Shape[^1] / 2);
        if (most == 0) return this * shifts;
        var ring = Concatenate([this[AxisIndex.Rest, ^most..], this, this[AxisIndex.Rest, ..most]], -1);
        Tensor? y = null;
        for (var m = 0; m <= 2 * most; m++)
        {
            // Shift m − most: element i comes from i − (m − most), which lies `most` further on in the ring.
            var start = (2 * most) - m;
            var term = ring[AxisIndex.Rest, start..(start + size)] * shifts[AxisIndex.Rest, m..(m + 1)];
            y = y is null ? term : y + term;
        }

        return y!;
    }
}
