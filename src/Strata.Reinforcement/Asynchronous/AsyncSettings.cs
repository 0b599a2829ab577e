using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>How <see cref="AsyncTrainer"/> trains; the defaults are those of Mnih et al. (2016), section 8.</summary>
public sealed record AsyncSettings
{
    /// <summary>Steps of all actors together.</summary>
    public long Steps { get; init; } = 320_000_000;

    /// <summary>How many actors there are, each with an environment of its own.</summary>
    public int Actors { get; init; } = 16;

    /// <summary>On how many threads they work; on one they take turns, and all is the same each time.</summary>
    public int Threads { get; init; } = 16;

    /// <summary>η over the steps of all actors.</summary>
    public Schedule Rate { get; init; } = new PolynomialDecay(7e-4, 320_000_000, 0);

    /// <summary>α of RMSProp.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>ε of RMSProp.</summary>
    public double Epsilon { get; init; } = 0.1;

    /// <summary>Whether all actors share the running mean of RMSProp.</summary>
    public bool SharesStatistics { get; init; } = true;

    /// <summary>The largest norm of a gradient.</summary>
    public double Clip { get; init; } = 40;

    /// <summary>Steps of all actors after which target networks are refreshed.</summary>
    public long RefreshEvery { get; init; } = 40_000;

    /// <summary>Whether rewards are clipped to [−1, 1] for learning.</summary>
    public bool ClipsRewards { get; init; } = true;
}
