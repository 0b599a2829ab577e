namespace Strata.Games.Players;

/// <summary>Plain Monte-Carlo: plays games out at random from each move and picks the move with the best results. Trials go to the move
/// with the highest upper confidence bound (UCB1, Auer et al. 2002); there is no tree.</summary>
/// <param name="playout">How a game is played out; uniformly at random by default.</param>
/// <param name="seed">Of the random numbers, so that a game can be repeated.</param>
/// <param name="name">The name that protocols show.</param>
/// <param name="simulations">Games played out when the limits of a search set no number and no time.</param>
public sealed class MonteCarloPlayer<TMove>(
    IPlayout<TMove>? playout = null, int seed = 0, string name = "Strata Monte-Carlo", int simulations = 1000) : IPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    const double Exploration = 1.0;
    const int ReportEvery = 1024;

    readonly IPlayout<TMove> playout = playout ?? new RandomPlayout<TMove>();
    readonly Random random = new(seed);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    /// <remarks>A depth means nothing here; a search with no other bound plays out the default number of games.</remarks>
    public TMove Choose(IGame<TMove> game, SearchLimits limits, Action<SearchReport<TMove>>? report, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (limits.Time is null && limits.Nodes is null && (limits.Depth is not null || !stop.CanBeCanceled)) limits = limits with { Nodes = simulations };
        var clock = new SearchClock(limits, stop);
        var moves = Array.FindAll(game.LegalMoves(), move => playout.IsSensible(game, move));
        if (moves.Length == 0) return game.LegalMoves()[^1];
        var (tries, wins) = (new int[moves.Length], new double[moves.Length]);
        var player = game.Player;
        for (var trial = 0; moves.Length > 1 && !clock.IsOver; trial++)
        {
            var i = trial < moves.Length ? trial : Promising(tries, wins, trial);
            var copy = game.Clone();
            copy.Apply(moves[i]);
            wins[i] += (1 + playout.Run(copy, player, random)) / 2;
            tries[i]++;
            clock.Tick();
            clock.Look();
            if (trial % ReportEvery == ReportEvery - 1) Report();
        }

        Report();
        return moves[MostTried()];

        int MostTried() => Array.IndexOf(tries, tries.Max());

        void Report()
        {
            var i = MostTried();
            var score = tries[i] == 0 ? 0 : (int)Math.Round(200 * wins[i] / tries[i] - 100);
            report?.Invoke(new SearchReport<TMove>(1, score, clock.Nodes, clock.Elapsed, [moves[i]]));
        }
    }

    static int Promising(int[] tries, double[] wins, int total)
    {
        var (best, bound) = (0, double.NegativeInfinity);
        var log = Math.Log(total);
        for (var i = 0; i < tries.Length; i++)
        {
            var upper = wins[i] / tries[i] + Exploration * Math.Sqrt(log / tries[i]);
            if (upper > bound) (best, bound) = (i, upper);
        }

        return best;
    }
}
