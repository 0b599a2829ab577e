using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>How a <see cref="DqnAgent"/> is trained; the defaults are those of Mnih et al. (2015), table 1.</summary>
public sealed record DqnSettings
{
    /// <summary>Steps of the agent.</summary>
    public long Steps { get; init; } = 50_000_000;

    /// <summary>Observations that make a state.</summary>
    public int Stack { get; init; } = 4;

    /// <summary>Observations in the replay buffer.</summary>
    public int Capacity { get; init; } = 1_000_000;

    /// <summary>Transitions of an update.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>γ.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>n of n-step returns.</summary>
    public int ReturnSteps { get; init; } = 1;

    /// <summary>Steps without learning at the beginning.</summary>
    public long WarmUp { get; init; } = 50_000;

    /// <summary>Steps of the agent for each update.</summary>
    public int LearnEvery { get; init; } = 4;

    /// <summary>Steps of the agent after which the target network is refreshed; 0: never.</summary>
    public long RefreshEvery { get; init; } = 10_000;

    /// <summary>τ: at each update the target network also moves that much toward the network; 0: it does not.</summary>
    public double SoftRefresh { get; init; }

    /// <summary>ε over the steps of the agent.</summary>
    public Schedule Epsilon { get; init; } = new PolynomialDecay(1, 1_000_000, 0.1);

    /// <summary>Whether rewards are clipped to [−1, 1] for learning.</summary>
    public bool ClipsRewards { get; init; } = true;

    /// <summary>Whether transitions are drawn by their errors.</summary>
    public bool Prioritized { get; init; }

    /// <summary>Whether the newest transitions are learned from instead of replayed ones: the control of replay.</summary>
    public bool LearnsFromNewest { get; init; }
}
