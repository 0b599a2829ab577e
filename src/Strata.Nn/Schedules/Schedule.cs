using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The learning rate as a function of the number of updates made so far (from 0).</summary>
public abstract record Schedule : IConfigurable
{
    /// <inheritdoc/>
    public virtual JsonObject GetConfig() => [];

    /// <summary>The rate for the update after <paramref name="step"/> others.</summary>
    public abstract double At(long step);

    /// <summary>The same rate always.</summary>
    public static implicit operator Schedule(double rate) => new ConstantRate(rate);

    /// <summary>A rise in a straight line from 0 over the first <paramref name="steps"/> updates, and then this schedule from its beginning.</summary>
    public Schedule WarmUp(long steps) => new WarmUp(this, steps);

    /// <summary>A schedule of your own.</summary>
    public static Schedule Of(Func<long, double> rate) => new RateFunction(rate);
}
