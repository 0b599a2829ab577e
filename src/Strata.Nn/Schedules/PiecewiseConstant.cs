using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The first rate up to and including the first boundary, then the second, and so on.</summary>
public sealed record PiecewiseConstant : Schedule
{
    readonly ValueList<long> boundaries;
    readonly ValueList<double> rates;

    /// <summary>Creates the schedule.</summary>
    /// <param name="boundaries">Numbers of updates, rising.</param>
    /// <param name="rates">One more than boundaries.</param>
    /// <exception cref="ArgumentException">The numbers do not fit.</exception>
    public PiecewiseConstant(ReadOnlySpan<long> boundaries, ReadOnlySpan<double> rates)
    {
        if (rates.Length != boundaries.Length + 1)
            throw new ArgumentException($"PiecewiseConstant: {boundaries.Length} boundaries need {boundaries.Length + 1} rates, but there are {rates.Length}.");
        for (var i = 1; i < boundaries.Length; i++)
            if (boundaries[i] <= boundaries[i - 1]) throw new ArgumentException("PiecewiseConstant: the boundaries must rise.");
        this.boundaries = ValueList.Create(boundaries);
        this.rates = ValueList.Create(rates);
    }

    internal static PiecewiseConstant FromConfig(Config c) => new([.. c.Doubles("boundaries").Select(b => (long)b)], c.Doubles("rates"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["boundaries"] = Config.Of([.. boundaries.Select(b => (double)b)]), ["rates"] = Config.Of(rates.Span) };

    /// <inheritdoc/>
    public override double At(long step)
    {
        var i = 0;
        while (i < boundaries.Count && step > boundaries[i]) i++;
        return rates[i];
    }
}
