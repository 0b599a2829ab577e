using Strata.Games;
using Strata.Games.Players;

namespace Strata.Reinforcement.Search;

/// <summary>Judges a leaf by playing the game out; all moves have the same prior.</summary>
/// <param name="playout">How the game is played out; uniformly at random by default.</param>
/// <param name="seed">Of the random moves.</param>
/// <param name="capacity">How many leaves fit.</param>
public sealed class PlayoutEvaluator<TMove>(IPlayout<TMove>? playout = null, int seed = 0, int capacity = 1) : Evaluator<TMove>(capacity)
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly IPlayout<TMove> playout = playout ?? new RandomPlayout<TMove>();
    readonly System.Random random = new(seed);
    readonly double[] values = new double[capacity];

    /// <inheritdoc/>
    protected override void Write(int place, IGame<TMove> game, ReadOnlySpan<TMove> moves)
    {
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
    public override void Priors(int place, Span<float> priors) => priors.Fill(1f / priors.Length);
}
