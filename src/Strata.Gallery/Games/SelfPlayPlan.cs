using Strata.Games;
using Strata.Nn;
using Strata.Reinforcement.Search;

namespace Strata.Gallery.Games;

/// <summary>The size of a training by self-play: what AlphaGo Zero and AlphaZero have in common.</summary>
public sealed record SelfPlayPlan<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>The position that games begin with.</summary>
    public required IGame<TMove> Start { get; init; }

    /// <summary>The network.</summary>
    public required NetworkSize Network { get; init; }

    /// <summary>How games are played.</summary>
    public required SelfPlaySettings<TMove> SelfPlay { get; init; }

    /// <summary>How often games are played and then learned from.</summary>
    public required int Rounds { get; init; }

    /// <summary>Games of a round.</summary>
    public required int Games { get; init; }

    /// <summary>Updates of a round.</summary>
    public required int Steps { get; init; }

    /// <summary>Positions of an update.</summary>
    public required int Batch { get; init; }

    /// <summary>Games that positions are drawn from: the last so many.</summary>
    public required int Window { get; init; }

    /// <summary>The window of the first round, where it grows evenly to <see cref="Window"/>; null: it does not.</summary>
    public int? FirstWindow { get; init; }

    /// <summary>The window of a round, from 1.</summary>
    public int WindowOf(int round) => FirstWindow is { } first ? first + (int)((long)(Window - first) * (round - 1) / Math.Max(1, Rounds - 1)) : Window;

    /// <summary>How much of z is what the search made of a position instead of the result of its game, 0 … 1.</summary>
    public double SearchShare { get; init; }

    /// <summary>The learning rate by updates.</summary>
    public required Schedule LearningRate { get; init; }

    /// <summary>c of the loss.</summary>
    public double L2 { get; init; } = 1e-4;

    /// <summary>Whether positions are turned by the symmetries of the board: in learning, and by AlphaGo Zero before each evaluation.</summary>
    public bool Symmetries { get; init; }

    /// <summary>All updates.</summary>
    public int TotalSteps => Rounds * Steps;

    /// <summary>Momentum SGD as both papers use it, c‖θ‖² being part of its gradient.</summary>
    public Optimizer CreateOptimizer() => new SGD(LearningRate, momentum: 0.9) { L2 = 2 * L2 };
}
