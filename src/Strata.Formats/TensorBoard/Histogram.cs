namespace Strata.Formats.TensorBoard;

/// <summary>Counts of values in intervals, with the moments of all.</summary>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
/// <param name="Count">How many values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Limits">The upper end of each interval, rising; the first interval begins at <paramref name="Min"/>.</param>
/// <param name="Counts">How many values lie in each interval, as many as <paramref name="Limits"/>.</param>
public sealed record Histogram(
    double Min, double Max, double Count, double Sum, double SumOfSquares, IReadOnlyList<double> Limits, IReadOnlyList<double> Counts)
{
    /// <summary>Counts values in intervals of equal width. Values that are not finite are left out.</summary>
    /// <param name="values">The values.</param>
    /// <param name="bins">The number of intervals, at least 1.</param>
    public static Histogram Of(ReadOnlySpan<float> values, int bins = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var (min, max, count, sum, squares) = (double.PositiveInfinity, double.NegativeInfinity, 0L, 0.0, 0.0);
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) continue;
            (min, max, sum, squares) = (Math.Min(min, value), Math.Max(max, value), sum + value, squares + (double)value * value);
            count++;
        }

        if (count == 0) return new(0, 0, 0, 0, 0, [0], [0]);
        if (min == max) return new(min, max, count, sum, squares, [max], [count]);
        var width = (max - min) / bins;
        var (limits, counts) = (new double[bins], new double[bins]);
        for (var i = 0; i < bins; i++) limits[i] = i == bins - 1 ? max : min + (i + 1) * width;
        foreach (var value in values)
            if (float.IsFinite(value)) counts[Math.Min((int)((value - min) / width), bins - 1)]++;
        return new(min, max, count, sum, squares, limits, counts);
    }
}
