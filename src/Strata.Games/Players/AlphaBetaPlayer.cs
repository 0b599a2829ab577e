using System.Runtime.CompilerServices;

namespace Strata.Games.Players;

/// <summary>Alpha-beta search with iterative deepening, a table of positions, quiescence over captures, and moves ordered by heuristic:
/// enough for a sound game, and the plain opponent a learned player is measured against.</summary>
/// <param name="heuristic">The game's evaluation.</param>
/// <param name="name">The name that protocols show.</param>
/// <param name="tableBits">Logarithm of the number of positions remembered (16 bytes each), 10 … 26.</param>
public sealed class AlphaBetaPlayer<TGame, TMove>(IHeuristic<TGame, TMove> heuristic, string name, int tableBits = 18) : IPlayer<TMove>
    where TGame : class, IGame<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    const int Infinity = 32_000, Win = SearchReport<TMove>.ForcedWin, MaxDepth = 64, MaxQuiescence = 12;

    enum Bound : byte
    {
        None,
        Exact,
        Lower,
        Upper,
    }

    struct Entry
    {
        public ulong Key;
        public short Score;
        public byte Depth;
        public Bound Bound;
        public TMove Move;
    }

    readonly Entry[] table = new Entry[1 << tableBits];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TMove Choose(IGame<TMove> game, SearchLimits limits, Action<SearchReport<TMove>>? report, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (game is not TGame own) throw new ArgumentException($"{name}: the game is a {game.GetType().Name}, not a {typeof(TGame).Name}.", nameof(game));
        return new Search(own, heuristic, table, new SearchClock(limits, stop)).Run(Math.Min(limits.Depth ?? MaxDepth, MaxDepth), report);
    }

    sealed class Search(TGame game, IHeuristic<TGame, TMove> heuristic, Entry[] table, SearchClock clock)
    {
        TMove best;

        public TMove Run(int depth, Action<SearchReport<TMove>>? report)
        {
            var moves = game.LegalMoves();
            best = moves[0];
            if (moves.Length == 1) return best;
            for (var d = 1; d <= depth && !clock.Look(); d++)
            {
                var score = Value(d, -Infinity, Infinity, root: true);
                if (clock.IsOver) break;
                report?.Invoke(new SearchReport<TMove>(d, score, clock.Nodes, clock.Elapsed, Line(d)));
                if (Math.Abs(score) >= Win) break; // a forced end needs no deeper look
            }

            return best;
        }

        /// <summary>The value to the player to move; without meaning once the clock is over.</summary>
        [SkipLocalsInit]
        int Value(int depth, int alpha, int beta, bool root = false)
        {
            if (clock.Tick()) return 0;
            Span<TMove> moves = stackalloc TMove[game.MaxMoves];
            Span<int> priorities = stackalloc int[game.MaxMoves];
            if (!root && game.IsTerminal) return Terminal(depth);
            if (depth <= 0)
            {
                if (!heuristic.IsThreatened(game)) return Quiet(MaxQuiescence, alpha, beta);
                depth = 1;
            }

            ref var entry = ref table[game.Hash & (ulong)(table.Length - 1)];
            var known = entry.Bound != Bound.None && entry.Key == game.Hash;
            if (known && !root && entry.Depth >= depth && Math.Abs((int)entry.Score) < Win && (entry.Bound == Bound.Exact
                || (entry.Bound == Bound.Lower && entry.Score >= beta) || (entry.Bound == Bound.Upper && entry.Score <= alpha))) return entry.Score;

            var count = game.LegalMoves(moves);
            for (var i = 0; i < count; i++)
            {
                priorities[i] = known && moves[i].Equals(entry.Move) ? int.MaxValue : heuristic.Priority(game, moves[i]);
                if (root && moves[i].Equals(best)) priorities[i] = int.MaxValue;
            }

            var (first, bestMove, bestScore) = (alpha, moves[0], -Infinity);
            for (var i = 0; i < count; i++)
            {
                var move = Take(moves[..count], priorities, i);
                game.Apply(move);

                // Later moves are shown to be no better with an empty window, and searched again only if they are.
                var score = i == 0 ? -Value(depth - 1, -beta, -alpha) : -Value(depth - 1, -alpha - 1, -alpha);
                if (i > 0 && score > alpha && score < beta) score = -Value(depth - 1, -beta, -alpha);
                game.Undo();
                if (clock.IsOver) return 0;
                if (score <= bestScore) continue;
                (bestScore, bestMove) = (score, move);
                if (root) best = move;
                alpha = Math.Max(alpha, score);
                if (alpha >= beta) break;
            }

            entry = ref table[game.Hash & (ulong)(table.Length - 1)];
            entry = new Entry
            {
                Key = game.Hash,
                Score = (short)bestScore,
                Depth = (byte)depth,
                Move = bestMove,
                Bound = bestScore <= first ? Bound.Upper : bestScore >= beta ? Bound.Lower : Bound.Exact,
            };
            return bestScore;
        }

        /// <summary>Follows captures only: standing still is the least a player can have.</summary>
        [SkipLocalsInit]
        int Quiet(int depth, int alpha, int beta)
        {
            if (clock.Tick()) return 0;
            var bestScore = heuristic.Evaluate(game);
            alpha = Math.Max(alpha, bestScore);
            if (alpha >= beta || depth == 0) return bestScore;

            Span<TMove> moves = stackalloc TMove[game.MaxMoves];
            Span<int> priorities = stackalloc int[game.MaxMoves];
            var count = 0;
            foreach (var move in moves[..game.LegalMoves(moves)])
            {
                var priority = heuristic.Priority(game, move);
                if (priority <= 0) continue;
                (moves[count], priorities[count]) = (move, priority);
                count++;
            }

            for (var i = 0; i < count; i++)
            {
                var move = Take(moves[..count], priorities, i);
                game.Apply(move);
                var score = -Quiet(depth - 1, -beta, -alpha);
                game.Undo();
                if (clock.IsOver) return 0;
                bestScore = Math.Max(bestScore, score);
                alpha = Math.Max(alpha, score);
                if (alpha >= beta) break;
            }

            return bestScore;
        }

        int Terminal(int depth) => game.Return(game.Player) switch
        {
            > 0 => Win + depth, // the sooner, the better
            < 0 => -Win - depth,
            _ => 0,
        };

        /// <summary>Brings the most promising of the moves left to place <paramref name="i"/>.</summary>
        static TMove Take(Span<TMove> moves, Span<int> priorities, int i)
        {
            var top = i;
            for (var j = i + 1; j < moves.Length; j++)
                if (priorities[j] > priorities[top]) top = j;
            (moves[i], moves[top]) = (moves[top], moves[i]);
            (priorities[i], priorities[top]) = (priorities[top], priorities[i]);
            return moves[i];
        }

        /// <summary>The line of best moves that the table remembers.</summary>
        List<TMove> Line(int depth)
        {
            var line = new List<TMove> { best };
            game.Apply(best);
            while (line.Count < depth && !game.IsTerminal && table[game.Hash & (ulong)(table.Length - 1)] is { Bound: not Bound.None } entry
                && entry.Key == game.Hash && game.LegalMoves().Contains(entry.Move))
            {
                line.Add(entry.Move);
                game.Apply(entry.Move);
            }

            for (var i = 0; i < line.Count; i++) game.Undo();
            return line;
        }
    }
}
