using Strata.Games.Chess;
using Strata.Games.Go;
using Strata.Games.InARow;
using Strata.Games.Shogi;

namespace Strata.Games.Tests;

public sealed class PlanesTests
{
    static float[] Planes(IPlanes game)
    {
        var planes = new float[game.Height * game.Width * game.PlaneCount];
        Array.Fill(planes, float.NaN);
        game.WritePlanes(planes);
        Assert.DoesNotContain(float.NaN, planes);
        return planes;
    }

    /// <summary>The values of one plane, row by row.</summary>
    static float[] Plane(IPlanes game, int plane) => [.. Planes(game).Where((_, i) => i % game.PlaneCount == plane)];

    [Fact]
    public void Shapes_are_those_of_the_papers()
    {
        Assert.Equal((8, 8, 119), Shape(new ChessGame()));
        Assert.Equal((9, 9, 362), Shape(new ShogiGame()));
        Assert.Equal((19, 19, 17), Shape(new GoGame()));
        Assert.Equal((6, 7, 3), Shape(new ConnectFourGame()));
        Assert.Equal((3, 3, 3), Shape(new TicTacToeGame()));

        static (int, int, int) Shape(IPlanes game) => (game.Height, game.Width, game.PlaneCount);
    }

    [Fact]
    public void The_start_of_chess_shows_its_pieces_rights_and_counters()
    {
        var game = new ChessGame();
        Assert.Equal(32, Enumerable.Range(0, 12).Sum(plane => Plane(game, plane).Sum()));
        Assert.Equal([1f, 1, 1, 1, 1, 1, 1, 1], Plane(game, 0)[8..16]);
        Assert.Equal(1, Plane(game, 5)[4]);
        Assert.All(Enumerable.Range(12, 100), plane => Assert.Equal(0, Plane(game, plane).Sum())); // no history, no repetition
        Assert.Equal([0f, 64 / 100f, 64, 64, 64, 64, 0], Enumerable.Range(112, 7).Select(plane => MathF.Round(Plane(game, plane).Sum(), 4)));
    }

    [Fact]
    public void Black_sees_the_board_from_its_own_side()
    {
        var game = ChessGame.FromFen("r3k3/pppp4/8/8/8/8/8/4K2R b Kq - 30 40");
        Assert.Equal([1f, 1, 1, 1, 0, 0, 0, 0], Plane(game, 0)[8..16]);
        Assert.Equal(1, Plane(game, 3)[0]); // own rook on a8: the first rank from here
        Assert.Equal(1, Plane(game, 9)[63]); // white's on h1
        Assert.Equal([1f, 0.4f, 0, 1, 1, 0, 0.3f], Enumerable.Range(112, 7).Select(plane => Plane(game, plane)[0]));
    }

    [Fact]
    public void Chess_planes_hold_the_positions_before_and_the_repetitions()
    {
        var game = new ChessGame();
        foreach (var move in "g1f3 g8f6 f3g1 f6g8 g1f3 g8f6 f3g1 f6g8".Split(' ')) game.Play(move);
        Assert.Equal([64f, 64], Enumerable.Range(12, 2).Select(plane => Plane(game, plane).Sum())); // third time now
        Assert.Equal([64f, 0], Enumerable.Range(12 + 14, 2).Select(plane => Plane(game, plane).Sum())); // second time before that
        Assert.Equal(1, Plane(game, 14 + 7)[5 * 8 + 5]); // black's knight on f6 a ply ago, still seen from white's side
    }

    [Fact]
    public void The_start_of_shogi_shows_its_pieces()
    {
        var game = new ShogiGame();
        Assert.Equal(40, Enumerable.Range(0, 28).Sum(plane => Plane(game, plane).Sum()));
        Assert.Equal([1f, 1, 1, 1, 1, 1, 1, 1, 1], Plane(game, 0)[54..63]);
        game.Play("7g7f");
        Assert.Equal([1f, 1, 1, 1, 1, 1, 1, 1, 1], Plane(game, 0)[54..63]); // the other player sees the same
        Assert.Equal(81, Plane(game, 360).Sum());
        var held = ShogiGame.FromSfen("4k4/9/9/9/9/9/9/9/4K4 w 2Rg3p 1");
        Assert.Equal(3, Plane(held, 31)[0]); // own pawns
        Assert.Equal(1, Plane(held, 37)[0]); // own gold
        Assert.Equal(2, Plane(held, 38 + 5)[0]); // the other side's rooks
    }

    [Fact]
    public void Go_planes_hold_the_boards_before()
    {
        var random = new Random(13);
        for (var round = 0; round < 30; round++)
        {
            var game = new GoGame(4);
            while (!game.IsTerminal && game.Ply < 60)
            {
                var moves = game.LegalMoves();
                game.Apply(moves[random.Next(moves.Length)]);
                if (random.Next(8) == 0) game.SetPlayer(random.Next(2));
            }

            var past = game.Clone();
            for (var step = 0; step < 8; step++)
            {
                for (var color = 0; color < 2; color++)
                {
                    var expected = Enumerable.Range(0, 16).Select(p => past.ColorAt(p) == (game.Player ^ color) && step <= game.Ply ? 1f : 0);
                    Assert.Equal(expected, Plane(game, 8 * color + step));
                }

                if (past.Ply > 0) past.Undo();
            }

            Assert.Equal(16 * (1 - game.Player), Plane(game, 16).Sum());
        }
    }

    [Fact]
    public void Writing_planes_leaves_the_game_as_it_was()
    {
        Check.Planes(Check.Play<ChessGame, ChessMove>(new ChessGame(), 60, new Random(1)));
        Check.Planes(Check.Play<ShogiGame, ShogiMove>(new ShogiGame(), 60, new Random(1)));
        Check.Planes(Check.Play<GoGame, GoMove>(new GoGame(5), 60, new Random(1)));
    }

    [Fact]
    public void A_span_of_another_length_is_refused() => Assert.Contains(
        "[3, 3, 3] needs 27 elements, not 26", Assert.Throws<ArgumentException>(() => ((IPlanes)new TicTacToeGame()).WritePlanes(new float[26])).Message);

    [Fact]
    public void A_game_turned_by_a_symmetry_is_the_turned_game()
    {
        Check.Symmetries<byte>(() => new TicTacToeGame(), 8);
        Check.Symmetries<byte>(() => new ConnectFourGame(5, 4), 2);
        Check.Symmetries<GoMove>(() => new GoGame(5), 8);
        Check.Symmetries<ChessMove>(() => new ChessGame(), 1);
    }
}
