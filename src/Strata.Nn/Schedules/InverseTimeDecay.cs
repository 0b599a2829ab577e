namespace Strata.Nn;

/// <summary>initial/(1 + factor·t/steps).</summary>
public sealed record InverseTimeDecay(double Initial, long Steps, double Factor) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step) => Initial / (1 + (Factor * step / Steps));
}
