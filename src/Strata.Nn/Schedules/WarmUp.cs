namespace Strata.Nn;

/// <summary>A rise from 0 to the first rate of another schedule over <paramref name="Steps"/> updates, then that schedule.</summary>
public sealed record WarmUp(Schedule Then, long Steps) : Schedule
{
    /// <inheritdoc/>
    public override double At(long step) => step < Steps ? Then.At(0) * (step + 1) / Steps : Then.At(step - Steps);
}
