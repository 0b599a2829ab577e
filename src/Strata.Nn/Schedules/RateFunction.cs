namespace Strata.Nn;

/// <summary>A schedule given by a function.</summary>
internal sealed record RateFunction(Func<long, double> Rate) : Schedule
{
    public override double At(long step) => Rate(step);
}
