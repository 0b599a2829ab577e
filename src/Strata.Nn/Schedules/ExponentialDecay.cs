namespace Strata.Nn;

/// <summary>initial·factor^(t/steps).</summary>
public sealed record ExponentialDecay(double Initial, long Steps, double Factor) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step) => Initial * Math.Pow(Factor, (double)step / Steps);
}
