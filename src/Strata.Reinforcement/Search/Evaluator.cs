using System.Diagnostics;
using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>Judges leaves of searches, several at once: leaves are added, all are evaluated by one call, and each tree takes its own back.
/// One thread uses one evaluator.</summary>
/// <param name="capacity">How many leaves fit.</param>
public abstract class Evaluator<TMove>(int capacity)
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>How many leaves fit.</summary>
    public int Capacity { get; } = capacity > 0 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "Evaluator: it must hold at least one leaf.");

    /// <summary>How many leaves there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a leaf.</summary>
    /// <param name="game">Stands at the leaf; it may be played on and must be left as it was.</param>
    /// <param name="moves">Its legal moves, at least one.</param>
    /// <returns>The place of the leaf, for <see cref="Value"/> and <see cref="Priors"/>.</returns>
    internal int Add(IGame<TMove> game, ReadOnlySpan<TMove> moves)
    {
        Write(Count, game, moves);
        return Count++;
    }

    /// <summary>Makes room for the next leaves.</summary>
    internal void Clear() => Count = 0;

    /// <summary>Takes down a leaf.</summary>
    protected abstract void Write(int place, IGame<TMove> game, ReadOnlySpan<TMove> moves);

    /// <summary>How many leaves were evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>The time that <see cref="Evaluate()"/> took so far: the cost of the network, against which search is judged.</summary>
    public TimeSpan EvaluationTime { get; private set; }

    /// <summary>Evaluates the <see cref="Count"/> leaves.</summary>
    public void Evaluate()
    {
        var started = Stopwatch.GetTimestamp();
        Evaluate(Count);
        EvaluationTime += Stopwatch.GetElapsedTime(started);
        Evaluations += Count;
    }

    /// <summary>Evaluates the leaves 0 … <paramref name="count"/> − 1.</summary>
    protected abstract void Evaluate(int count);

    /// <summary>What a leaf is worth to the player to move there, −1 … 1.</summary>
    public abstract double Value(int place);

    /// <summary>Writes the priors of the leaf's legal moves: non-negative numbers whose sum is 1.</summary>
    public abstract void Priors(int place, Span<float> priors);
}
