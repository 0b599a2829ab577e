namespace Strata.Nn;

/// <summary>Always <paramref name="Rate"/>.</summary>
public sealed record ConstantRate(double Rate) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step) => Rate;
}
