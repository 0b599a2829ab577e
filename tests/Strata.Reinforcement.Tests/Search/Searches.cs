using Strata.Games;
using Strata.Random;
using Strata.Reinforcement.Search;

namespace Strata.Reinforcement.Tests.Search;

/// <summary>Searches that tests make, and an evaluator whose answers they choose.</summary>
static class Searches
{
    /// <summary>Runs a number of simulations on a new tree, one worker, one leaf at a time unless the settings say otherwise.</summary>
    public static SearchTree<TMove> Run<TMove>(IGame<TMove> game, Evaluator<TMove> evaluator, SearchSettings settings, long seed = 1)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var tree = new SearchTree<TMove>(game, settings, new RandomStream(seed));
        Continue(tree, evaluator, settings.Simulations);
        return tree;
    }

    public static void Continue<TMove>(SearchTree<TMove> tree, Evaluator<TMove> evaluator, int simulations)
        where TMove : unmanaged, IEquatable<TMove> => BatchSearch<TMove>.Search([new SearchWorker<TMove>(tree)], evaluator, simulations);

    public static (TMove Move, int Visits)[] Visits<TMove>(this SearchTree<TMove> tree)
        where TMove : unmanaged, IEquatable<TMove> => [.. tree.Moves.Select(move => (move.Move, move.Visits))];
}

/// <summary>Gives every leaf a value and its moves priors by functions of the game; uniform priors and 0 by default.</summary>
sealed class ScriptedEvaluator<TMove>(int capacity = 1, Func<IGame<TMove>, double>? value = null, Func<TMove, double>? weight = null) : Evaluator<TMove>(capacity)
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly double[] values = new double[capacity];
    readonly TMove[][] moves = new TMove[capacity][];

    /// <summary>The keys of the positions that were added, in order.</summary>
    public List<ulong> Seen { get; } = [];

    protected override void Write(int place, IGame<TMove> game, ReadOnlySpan<TMove> moves)
    {
        values[place] = value?.Invoke(game) ?? 0;
        this.moves[place] = moves.ToArray();
        Seen.Add(game.Hash);
    }

    protected override void Evaluate(int count)
    {
    }

    public override double Value(int place) => values[place];

    public override void Priors(int place, Span<float> priors)
    {
        for (var i = 0; i < priors.Length; i++) priors[i] = (float)(weight?.Invoke(moves[place][i]) ?? 1);
        var sum = priors.ToArray().Sum();
        for (var i = 0; i < priors.Length; i++) priors[i] /= sum;
    }
}
