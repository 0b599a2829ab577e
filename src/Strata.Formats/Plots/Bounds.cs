namespace Strata.Formats.Plots;

/// <summary>The finite values seen along one axis: an interval that grows, empty at first.</summary>
readonly record struct Bounds(double Low, double High)
{
    // Spans of larger values would overflow.
    const double Largest = 1e300;

    public static readonly Bounds Empty = new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => !(Low <= High);

    /// <summary>The interval with <paramref name="value"/> in it; what is not finite, and with <paramref name="positive"/> what is not positive, is left out.</summary>
    public Bounds With(double value, bool positive = false) =>
        !double.IsFinite(value) || (positive && value <= 0) ? this : new(Math.Min(Low, Clamp(value)), Math.Max(High, Clamp(value)));

    public static double Clamp(double value) => Math.Clamp(value, -Largest, Largest);

    public Bounds With(ReadOnlySpan<double> values, bool positive = false)
    {
        var bounds = this;
        foreach (var value in values) bounds = bounds.With(value, positive);
        return bounds;
    }

    /// <summary>The interval to show on an axis: the axis's own ends where it has them, else the data's with a margin.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="margin">The room to leave beyond the data, as a part of the span.</param>
    public Bounds Fit(Axis axis, double margin)
    {
        var (low, high) = IsEmpty ? (axis.IsLogarithmic ? .1 : 0, 1.0) : (Low, High);
        low = axis.Min ?? low;
        high = axis.Max ?? high;
        if (axis.IsLogarithmic)
        {
            if (!(low < high)) (low, high) = axis.Max is null ? (low, low * 10) : (high / 10, high);
            var factor = Math.Exp((Math.Log(high) - Math.Log(low)) * margin);
            return new(axis.Min ?? Math.Max(low / factor, double.Epsilon), axis.Max ?? Math.Min(high * factor, double.MaxValue));
        }

        if (!(low < high))
        {
            var half = low == 0 ? 1 : Math.Abs(low) * .1;
            (low, high) = axis.Min is not null ? (low, low + 2 * half) : axis.Max is not null ? (high - 2 * half, high) : (low - half, low + half);
        }

        var room = (high - low) * margin;
        // Quantities that are never negative should not seem to become so.
        var start = low >= 0 && low < room ? 0 : low - room;
        return new(axis.Min ?? start, axis.Max ?? high + room);
    }
}
