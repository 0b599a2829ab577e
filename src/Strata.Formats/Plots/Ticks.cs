using System.Globalization;

namespace Strata.Formats.Plots;

/// <summary>The marks of an axis: round values with their labels, and unlabeled ones between them.</summary>
sealed record Ticks(double[] Values, string[] Labels, double[] Minor)
{
    /// <summary>The marks of <paramref name="axis"/> over <paramref name="bounds"/>, about <paramref name="most"/> at most.</summary>
    public static Ticks Of(Axis axis, Bounds bounds, int most) =>
        axis.Categories is { } names ? Categorical(names, bounds) : axis.IsLogarithmic ? Logarithmic(bounds, most) : Linear(bounds, most);

    static Ticks Categorical(IReadOnlyList<string> names, Bounds bounds)
    {
        var shown = Enumerable.Range(0, names.Count).Where(i => i >= bounds.Low && i <= bounds.High).ToArray();
        return new([.. shown.Select(i => (double)i)], [.. shown.Select(i => names[i])], []);
    }

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    public static Ticks Linear(Bounds bounds, int most)
    {
        var raw = (bounds.High / 2 - bounds.Low / 2) / Math.Max(most, 1) * 2;
        if (!double.IsNormal(raw)) return new([bounds.Low], [Label(bounds.Low)], []);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 };
        var slack = step * 1e-6;
        var values = new List<double>();
        var first = Math.Ceiling((bounds.Low - slack) / step);
        for (var i = 0; i <= most + 1; i++)
        {
            var value = (first + i) * step + 0.0; // not −0
            // Next to a large number several steps may round to one value.
            if (value <= bounds.High + slack && (values.Count == 0 || value > values[^1])) values.Add(value);
        }

        return new([.. values], AlikeLabels(values, step), []);
    }

    /// <summary>Powers of ten; with few of them in sight also 2 and 5 times them; within less than that, round numbers.</summary>
    static Ticks Logarithmic(Bounds bounds, int most)
    {
        const double Slack = 1 + 1e-9;
        var (first, last) = ((int)Math.Ceiling(Math.Log10(bounds.Low) - 1e-9), (int)Math.Floor(Math.Log10(bounds.High) + 1e-9));
        var decades = last - first + 1;
        var minor = new List<double>();
        if (decades <= 12)
        {
            for (var d = first - 1; d <= last; d++)
                for (var m = 2; m <= 9; m++)
                    if (m * Math.Pow(10, d) is var v && v >= bounds.Low && v <= bounds.High) minor.Add(v);
        }

        if (decades < 3)
        {
            var multiples = new List<double>();
            for (var d = first - 1; d <= last; d++)
                foreach (var m in (ReadOnlySpan<double>)[1, 2, 5])
                    if (m * Math.Pow(10, d) is var v && v >= bounds.Low / Slack && v <= bounds.High * Slack) multiples.Add(v);
            if (multiples.Count < 2) return Linear(bounds, most);
            if (multiples.Count <= 1.5 * most + 1) return new([.. multiples], [.. multiples.Select(Label)], [.. minor.Except(multiples)]);
        }

        var stride = Math.Max(1, (int)Math.Ceiling(decades / (double)Math.Max(most, 1)));
        var exponents = Enumerable.Range(first, decades).Where(e => e % stride == 0).ToArray();
        var plain = first >= -3 && last <= 3;
        return new(
            [.. exponents.Select(e => Math.Pow(10, e))],
            [.. exponents.Select(e => plain ? Label(Math.Pow(10, e)) : "10" + Superscript(e))],
            [.. minor]);
    }

    // One suffix and one number of decimals for all, so that the eye compares digits.
    static string[] AlikeLabels(List<double> values, double step)
    {
        if (values.Count == 0) return [];
        var largest = values.Max(Math.Abs);
        var exponent = largest == 0 ? 0 : (int)Math.Floor(Math.Log10(largest) + 1e-9);
        var (divisor, suffix) = exponent switch
        {
            >= 9 or < -3 => (Math.Pow(10, exponent), "×10" + Superscript(exponent)),
            >= 6 => (1e6, "M"),
            >= 4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step / divisor) + 1e-9), 0, 15);
        return [.. values.Select(v => v == 0 ? "0" : Minus((v / divisor).ToString("F" + decimals, CultureInfo.InvariantCulture)) + suffix)];
    }

    /// <summary>One number by itself, with <paramref name="digits"/> significant digits.</summary>
    public static string Label(double value, int digits = 6)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        if (value == 0) return "0";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent is >= -4 and < 6) return Minus(value.ToString("G" + Math.Max(digits, exponent + 1), CultureInfo.InvariantCulture));
        var mantissa = (value / Math.Pow(10, exponent)).ToString("G" + Math.Min(digits, 4), CultureInfo.InvariantCulture);
        return (mantissa == "1" ? "" : Minus(mantissa) + "×") + "10" + Superscript(exponent);
    }

    static string Minus(string number) => number.Replace('-', '−');

    static string Superscript(int exponent) =>
        string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
