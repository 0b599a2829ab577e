using System.Globalization;

namespace Strata.Gallery;

/// <summary>A sentence of a paper as a number that a run measures, the bound that it must keep, and the control that must do worse.</summary>
/// <param name="Key">Names the claim in <see cref="Run.Measure"/> and in JSON.</param>
/// <param name="Sentence">What is claimed, with the unit of the number.</param>
/// <param name="Bound">What the measured value must keep.</param>
/// <param name="Control">The ablation or baseline beside it, if there is one.</param>
public sealed record Claim(string Key, string Sentence, Bound Bound, Control? Control = null)
{
    /// <summary>Decides the claim on the values measured in one run.</summary>
    public Verdict Decide(double measured, double? control)
    {
        if ((Control is null) != (control is null))
            throw new InvalidOperationException($"Claim '{Key}': it {(Control is null ? "has no control, but a value for one" : "has a control, but no value for it")} was measured.");
        var kept = Bound.Holds(measured) && (Control is null || Control.Holds(Bound, measured, control!.Value));
        return new Verdict(this, measured, control, kept);
    }
}

/// <summary>An inequality for a measured value; NaN never keeps it.</summary>
/// <param name="AtLeast">Whether larger is better.</param>
/// <param name="Value">The limit, which itself keeps the bound.</param>
public sealed record Bound(bool AtLeast, double Value)
{
    /// <summary>The value must be <paramref name="value"/> or more.</summary>
    public static Bound Min(double value) => new(true, value);

    /// <summary>The value must be <paramref name="value"/> or less.</summary>
    public static Bound Max(double value) => new(false, value);

    /// <summary>Whether <paramref name="measured"/> keeps the bound.</summary>
    public bool Holds(double measured) => AtLeast ? measured >= Value : measured <= Value;

    /// <summary>As in <c>≥ 0.97</c>.</summary>
    public override string ToString() => (AtLeast ? "≥ " : "≤ ") + Verdict.Text(Value);
}

/// <summary>What must do worse than the claim's subject in the same run.</summary>
/// <param name="Name">The ablation or baseline: <c>convolutions frozen at random</c>.</param>
/// <param name="Margin">By how much it must be worse, in the unit of the claim.</param>
public sealed record Control(string Name, double Margin)
{
    /// <summary>Whether the control is worse by the margin at least.</summary>
    public bool Holds(Bound bound, double measured, double control) => (bound.AtLeast ? measured - control : control - measured) >= Margin;
}

/// <summary>A claim, decided.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Measured">The value of this run.</param>
/// <param name="Control">The control's value, if the claim has one.</param>
/// <param name="Kept">Whether bound and margin hold.</param>
public sealed record Verdict(Claim Claim, double Measured, double? Control, bool Kept)
{
    /// <summary>The measured value for people.</summary>
    public string MeasuredText => Text(Measured);

    /// <summary>What the control came to and how much worse it has to be, for people; a dash if there is none.</summary>
    public string ControlText => Claim.Control is { } c ? $"{c.Name}: {Text(Control!.Value)} (worse by ≥ {Text(c.Margin)})" : "–";

    /// <summary>A number with four digits that count.</summary>
    public static string Text(double value) => value.ToString(Math.Abs(value) is >= 0.001 and < 10000 ? "0.####" : "G4", CultureInfo.InvariantCulture);
}
