using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>How games are played for learning.</summary>
public sealed record SelfPlaySettings<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>How each move is searched, its noise included.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>So many moves of a game are drawn by their visits (τ = 1); afterwards the most visited is played (τ → 0).</summary>
    public int TemperaturePlies { get; init; } = 30;

    /// <summary>Random moves that some games begin with, so that games come where good play does not lead; null: none, as in the papers.</summary>
    public RandomOpening? Opening { get; init; }

    /// <summary>A game longer than this is ended.</summary>
    public int MaxPlies { get; init; } = 512;

    /// <summary>What a game that was ended is worth to player 0, −1 … 1; null: it is a draw.</summary>
    public Func<IGame<TMove>, double>? Adjudicate { get; init; }

    /// <summary>How many games go on side by side on each thread, and so how many leaves a batch has, times those of a tree.</summary>
    public int ParallelGames { get; init; } = 64;

    /// <summary>Whether a tree goes on from the subtree of the move played. AlphaGo Zero and AlphaZero do.</summary>
    public bool ReuseTree { get; init; } = true;

    /// <summary>When hopeless games are given up; null: never.</summary>
    public Resignation? Resignation { get; init; }
}
