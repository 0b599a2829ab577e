namespace Strata.Nn;

/// <summary>initial·factor^⌊t/steps⌋.</summary>
public sealed record StepDecay(double Initial, long Steps, double Factor = 0.1) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step) => Initial * Math.Pow(Factor, step / Steps);
}
