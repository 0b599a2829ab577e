using Strata.Games;
using Strata.Games.Players;

namespace Strata.Reinforcement.Search;

/// <summary>Judges a leaf by playing the game out. Moves that the playout calls sensible have the same prior, the others 0, and so are never
/// tried; where none is sensible only the last one in the game's order is, in Go the pass.</summary>
/// <param name="playout">How the game is played out; uniformly at random by default.</param>
/// <param name="seed">Of the random moves.</param>
/// <param name="capacity">How many leaves fit.</param>
public sealed class PlayoutEvaluator<TMove>(IPlayout<TMove>? playout = null, int seed = 0, int capacity = 1) : Evaluator<TMove>(capacity)
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly IPlayout<TMove> playout = playout ?? new RandomPlayout<TMove>();
    readonly System.Random random = new(seed);
    readonly double[] values = new double[capacity];
    readonly float[][] sensible = [.. Enumerable.Range(0, capacity).Select(_ => Array.Empty<float>())]; // priors of each leaf's moves

    /// <inheritdoc/>
    protected override void Write(int place, IGame<TMove> game, ReadOnlySpan<TMove> moves)
    {
        if (sensible[place].Length < moves.Length) sensible[place] = new float[game.MaxMoves];
        var own = sensible[place].AsSpan(0, moves.Length);
        var count = 0;
        for (var i = 0; i < moves.Length; i++) count += (int)(own[i] = playout.IsSensible(game, moves[i]) ? 1 : 0);
        if (count == 0) own[^1] = 1;
        for (var i = 0; i < moves.Length; i++) own[i] /= Math.Max(1, count);

        var ply = game.Ply;
        values[place] = playout.Run(game, game.Player, random);
        while (game.Ply > ply) game.Undo(); // cheaper than playing out a copy
    }

    /// <inheritdoc/>
    protected override void Evaluate(int count)
    {
    }

    /// <inheritdoc/>
    public override double Value(int place) => values[place];

    /// <inheritdoc/>
    public override void Priors(int place, Span<float> priors) => sensible[place].AsSpan(0, priors.Length).CopyTo(priors);
}
