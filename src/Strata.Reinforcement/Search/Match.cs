using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>Games between two players, side by side; each begins half of them.</summary>
public static class Match
{
    /// <summary>Plays a match.</summary>
    /// <param name="start">The position that games begin with.</param>
    /// <param name="one">Whose result it is; begins the games with even numbers.</param>
    /// <param name="other">The opponent.</param>
    /// <param name="games">How many.</param>
    /// <param name="maxPlies">A game longer than this is ended.</param>
    /// <param name="adjudicate">What a game that was ended is worth to player 0; null: it is a draw.</param>
    public static MatchResult Play<TMove>(
        IGame<TMove> start, IBatchPlayer<TMove> one, IBatchPlayer<TMove> other, int games, int maxPlies = 512, Func<IGame<TMove>, double>? adjudicate = null)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (wins, draws, losses) = (0, 0, 0);
        var open = Enumerable.Range(0, games).Select(i => (Game: start.Clone(), Side: start.Player ^ (i & 1))).ToList(); // the side that one plays
        while (open.Count > 0)
        {
            foreach (var (player, own) in ((IBatchPlayer<TMove>, bool)[])[(one, true), (other, false)])
            {
                var turn = open.Where(g => g.Game.Player == g.Side == own && !IsOver(g.Game)).Select(g => g.Game).ToArray();
                if (turn.Length == 0) continue;
                foreach (var (game, move) in turn.Zip(player.Choose(turn))) game.Apply(move);
            }

            foreach (var (game, side) in open.Where(g => IsOver(g.Game)))
            {
                var result = (game.IsTerminal ? game.Return(0) : adjudicate?.Invoke(game) ?? 0) * (side == 0 ? 1 : -1);
                if (result > 0) wins++;
                else if (result < 0) losses++;
                else draws++;
            }

            open.RemoveAll(g => IsOver(g.Game));
        }

        return new MatchResult(wins, draws, losses);

        bool IsOver(IGame<TMove> game) => game.IsTerminal || game.Ply - start.Ply >= maxPlies;
    }

    /// <summary>Plays a small game against every reply: all lines of the game in which one side's moves are the player's and the other's
    /// are any. Positions that lines have in common are asked about once, so the player should answer alike each time.</summary>
    /// <param name="start">The position that lines begin with.</param>
    /// <param name="player">The player, on either side in turn.</param>
    /// <returns>Lines, those of both sides together.</returns>
    public static MatchResult PlayEveryReply<TMove>(IGame<TMove> start, IBatchPlayer<TMove> player)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(player);
        var (wins, draws, losses) = (0, 0, 0);
        for (var side = 0; side < 2; side++)
        {
            var level = new Dictionary<ulong, (IGame<TMove> Game, int Lines)> { [start.Hash] = (start.Clone(), 1) };
            while (level.Count > 0)
            {
                var next = new Dictionary<ulong, (IGame<TMove> Game, int Lines)>();
                var asked = level.Values.Where(l => !l.Game.IsTerminal && l.Game.Player == side).ToArray();
                foreach (var (line, move) in asked.Zip(asked.Length > 0 ? player.Choose([.. asked.Select(l => l.Game)]) : [])) Follow(line.Game, move, line.Lines);
                foreach (var (game, lines) in level.Values)
                {
                    if (game.IsTerminal)
                    {
                        var result = game.Return(side);
                        if (result > 0) wins += lines;
                        else if (result < 0) losses += lines;
                        else draws += lines;
                    }
                    else if (game.Player != side)
                    {
                        foreach (var move in game.LegalMoves()) Follow(game, move, lines);
                    }
                }

                level = next;

                void Follow(IGame<TMove> game, TMove move, int lines)
                {
                    var after = game.Clone();
                    after.Apply(move);
                    next[after.Hash] = (after, lines + (next.TryGetValue(after.Hash, out var known) ? known.Lines : 0));
                }
            }
        }

        return new MatchResult(wins, draws, losses);
    }
}

/// <summary>How a match ended for the first player.</summary>
public sealed record MatchResult(int Wins, int Draws, int Losses)
{
    /// <summary>Games.</summary>
    public int Games => Wins + Draws + Losses;

    /// <summary>The share of games won; a draw is not.</summary>
    public double WinRate => (double)Wins / Games;

    /// <summary>The share of points, a draw being half of one.</summary>
    public double Score => (Wins + 0.5 * Draws) / Games;

    /// <summary>As in <c>84 won, 3 drawn, 13 lost</c>.</summary>
    public override string ToString() => $"{Wins} won, {Draws} drawn, {Losses} lost";
}
