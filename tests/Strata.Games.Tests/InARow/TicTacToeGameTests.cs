using Strata.Games.InARow;

namespace Strata.Games.Tests.InARow;

public sealed class TicTacToeGameTests
{
    [Fact]
    public void Perft_gives_the_known_counts() =>
        Check.Perft(new TicTacToeGame(), "9 72 504 3024 15120 54720 148176 200448 127872");

    [Fact]
    public void All_games_and_positions_are_as_many_as_known_and_the_value_is_a_draw()
    {
        var ends = new Dictionary<double, int>();
        var positions = new HashSet<ulong>();
        Assert.Equal(0, Value(new TicTacToeGame()));
        Assert.Equal(131184, ends[1]);
        Assert.Equal(77904, ends[-1]);
        Assert.Equal(46080, ends[0]);
        Assert.Equal(5478, positions.Count);

        double Value(TicTacToeGame game)
        {
            positions.Add(game.Hash);
            if (game.IsTerminal)
            {
                ends[game.Return(0)] = ends.GetValueOrDefault(game.Return(0)) + 1;
                return game.Return(game.Player);
            }

            var best = -1.0;
            foreach (var move in game.LegalMoves())
            {
                game.Apply(move);
                best = Math.Max(best, -Value(game));
                game.Undo();
            }

            return best;
        }
    }

    [Fact]
    public void Random_games_keep_every_promise_of_a_game() => Check.Game(() => new TicTacToeGame(), 50, 9, 1);

    [Fact]
    public void A_position_is_read_from_text()
    {
        var game = TicTacToeGame.FromText("xx.oo....");
        Assert.Equal("xx.\noo.\n...", game.ToString());
        game.Play("c3");
        Assert.Equal(1, game.Return(0));
        Assert.Empty(game.LegalMoves());
    }

    [Theory]
    [InlineData("xx", "nine characters")]
    [InlineData("xx?......", "nine characters")]
    [InlineData("xxx......", "3 x and 0 o")]
    [InlineData("xxxooo...", "went on after a win")]
    public void What_is_wrong_with_a_text_is_named(string text, string part) => Check.Says(part, () => TicTacToeGame.FromText(text));
}
