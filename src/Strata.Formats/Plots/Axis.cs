namespace Strata.Formats.Plots;

/// <summary>How an axis spreads its values.</summary>
public enum Scale
{
    /// <summary>Equal differences take equal room.</summary>
    Linear,

    /// <summary>Equal ratios take equal room; values of 0 and less have no place and become gaps.</summary>
    Logarithmic,
}

/// <summary>One axis of a <see cref="Plot"/>.</summary>
/// <param name="Label">What it measures, with the unit: <c>"time (s)"</c>.</param>
/// <param name="Scale">Linear or logarithmic.</param>
/// <param name="Min">The least value shown; null: from the data.</param>
/// <param name="Max">The greatest value shown; null: from the data.</param>
public sealed record Axis(string Label = "", Scale Scale = Scale.Linear, double? Min = null, double? Max = null)
{
    /// <summary>Names written at 0, 1, 2, … instead of numbers; null: numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Whether the values grow to the left or downwards, as the rows of a matrix do.</summary>
    public bool Reversed { get; init; }

    internal bool IsLogarithmic => Scale == Scale.Logarithmic && Categories is null;

    internal void Check(string name)
    {
        foreach (var end in (ReadOnlySpan<double?>)[Min, Max])
        {
            if (end is { } value && !double.IsFinite(value)) throw new ArgumentException($"Plot: the {name} axis ends at {value}; a finite number or null fits.");
            if (end <= 0 && IsLogarithmic) throw new ArgumentException($"Plot: the logarithmic {name} axis ends at {end}; a positive number or null fits.");
        }

        if (Min >= Max) throw new ArgumentException($"Plot: the {name} axis goes from {Min} to {Max}; Min must be less than Max.");
    }
}
