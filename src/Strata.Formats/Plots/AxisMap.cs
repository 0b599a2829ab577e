namespace Strata.Formats.Plots;

/// <summary>The place on the page of a value of an axis: <paramref name="Bounds"/> to the pixels <paramref name="From"/> … <paramref name="To"/>.</summary>
readonly record struct AxisMap(Bounds Bounds, double From, double To, bool Logarithmic)
{
    // Coordinates far outside the page upset some renderers; a line to there looks the same cut off here.
    const double Farthest = 20_000;

    /// <summary>The pixel of <paramref name="value"/>; NaN if it has none.</summary>
    public double this[double value]
    {
        get
        {
            if (!double.IsFinite(value) || (Logarithmic && value <= 0)) return double.NaN;
            var part = Logarithmic
                ? (Math.Log(value) - Math.Log(Bounds.Low)) / (Math.Log(Bounds.High) - Math.Log(Bounds.Low))
                : (value / 2 - Bounds.Low / 2) / (Bounds.High / 2 - Bounds.Low / 2); // halves: the difference of two large numbers may overflow
            return Math.Clamp(From + part * (To - From), -Farthest, Farthest);
        }
    }

    public bool Contains(double value) => value >= Bounds.Low && value <= Bounds.High;

    /// <summary>Where bars stand: zero, or the nearest value that the axis shows.</summary>
    public double Baseline => this[Math.Clamp(0, Bounds.Low, Bounds.High)];
}
