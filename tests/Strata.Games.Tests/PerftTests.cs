using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Shogi;

namespace Strata.Games.Tests;

public sealed class PerftTests
{
    [Fact]
    public void Generating_playing_undoing_and_looking_for_the_end_allocates_nothing()
    {
        AllocatesNothing(new ChessGame(), 3);
        AllocatesNothing(new ShogiGame(), 2);
        AllocatesNothing(new GoGame(5), 3);
        AllocatesNothing(new GoGame(3, GoRules.SimpleKo), 5);
        AllocatesNothing(new ConnectFourGame(), 5);
        AllocatesNothing(new TicTacToeGame(), 5);

        static void AllocatesNothing<TMove>(IGame<TMove> game, int depth)
            where TMove : unmanaged, IEquatable<TMove>
        {
            Walk(game, depth); // grows the history once
            var before = GC.GetAllocatedBytesForCurrentThread();
            Walk(game, depth);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        static int Walk<TMove>(IGame<TMove> game, int depth)
            where TMove : unmanaged, IEquatable<TMove>
        {
            Span<TMove> moves = stackalloc TMove[game.MaxMoves];
            var count = depth == 0 || game.IsTerminal ? 0 : game.LegalMoves(moves);
            var nodes = (int)Math.Abs(game.Return(0)) + 1;
            for (var i = 0; i < count; i++)
            {
                game.Apply(moves[i]);
                nodes += Walk(game, depth - 1);
                game.Undo();
            }

            return nodes;
        }
    }

    [Fact]
    public void A_depth_of_zero_is_one_leaf_and_a_negative_one_is_refused()
    {
        Assert.Equal(1, Perft.Count(new ChessGame(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Perft.Count(new ChessGame(), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Perft.Divide(new ChessGame(), 0));
    }
}
