using System.Text;
using Strata.Games.Go;

namespace Strata.Games.Tests.Go;

public sealed class SgfTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(19)]
    [InlineData(25)]
    public void Random_games_round_trip(int size)
    {
        var random = new Random(11);
        GoRules[] rules = [GoRules.TrompTaylor, GoRules.Chinese, GoRules.SimpleKo, new GoRules(Komi: 0, Superko: false)];
        for (var i = 0; i < 12; i++)
        {
            var game = Check.Play<GoGame, GoMove>(new GoGame(size, rules[i % rules.Length]), 200, random);
            var text = Sgf.Write(game).ToString();
            var read = Sgf.Read(text);
            Assert.Equal(game.Moves, read.Moves);
            Assert.Equal(game.Hash, read.Hash);
            Assert.Equal(game.Rules, read.Rules);
            Assert.Equal(text, Sgf.Write(read).ToString());
        }
    }

    [Fact]
    public void Stones_set_up_and_the_first_player_are_kept()
    {
        var game = GoGame.SetUp(9, [20, 24], [56], player: 1);
        game.Play("E5");
        game.Play("pass");
        var text = Sgf.Write(game, new Dictionary<string, string> { ["PB"] = "a ] and a \\" }).ToString();
        Assert.Equal(@"(;GM[1]FF[4]SZ[9]KM[7.5]RU[Tromp-Taylor]PB[a \] and a \\]AB[cg][gg]AW[cc]PL[W];W[ee];B[])", text);
        var read = Sgf.Read(text);
        Assert.Equal(game.Hash, read.Hash);
        Assert.Equal("a ] and a \\", SgfNode.Parse(text)[0]["PB"]);
    }

    [Fact]
    public void Variations_rectangles_old_names_and_escapes_are_read()
    {
        const string text = "an old header (;FF[3]SiZe[5]Add[x]C[one\\\ntwo\\]]AB[aa:ba](;B[cc](;W[dd];B[tt])(;W[ee]))(;B[dd]))(;SZ[9])";
        var games = SgfNode.Parse(text);
        Assert.Equal(2, games.Count);
        Assert.Equal("onetwo]", games[0]["C"]);
        Assert.Equal("x", games[0]["A"]);
        Assert.Equal(2, games[0].Children.Count);
        var game = Sgf.Read(games[0]);
        Assert.Equal(3, game.Ply);
        Assert.Equal(0, game.ColorAt(21));
        Assert.Equal(games[0].ToString(), SgfNode.Parse(games[0].ToString())[0].ToString());
    }

    [Fact]
    public void A_player_may_move_twice_and_play_may_go_on_after_two_passes()
    {
        var game = Sgf.Read("(;SZ[5];B[aa];B[bb];W[];B[];W[cc])");
        Assert.Equal([0, 0, 1, 0, 1], game.Moves.Select(m => m.Player));
        Assert.False(game.IsTerminal);
    }

    [Theory]
    [InlineData("", "holds no game")]
    [InlineData("(", "ends inside a tree")]
    [InlineData("(;B[aa]", "ends inside a tree")]
    [InlineData("()", "a tree has no node")]
    [InlineData("((;B[aa]))", "does not begin with a node")]
    [InlineData("(;B[aa]))", "')' closes nothing")]
    [InlineData(";B[aa]", "a node is outside of a tree")]
    [InlineData("(;B[aa", "a value does not end")]
    [InlineData("(;B)", "property 'B' has no value")]
    [InlineData("(;b[aa])", "no capital letter")]
    [InlineData("(;B[aa]B[bb])", "property 'B' occurs twice")]
    [InlineData("(;B[aa]\n?)", "line 2: '?' is neither a node nor a tree")]
    [InlineData("(;GM[2])", "game number '2' is not Go")]
    [InlineData("(;SZ[26])", "the size '26'")]
    [InlineData("(;SZ[19:9])", "the size '19:9'")]
    [InlineData("(;SZ[9];B[jj])", "'jj' is not a point of a board of 9×9")]
    [InlineData("(;SZ[9];B[aaa])", "'aaa' is not a point")]
    [InlineData("(;SZ[9];B[aa];W[aa])", "move 2, white 'aa' (A9), is not legal")]
    [InlineData("(;SZ[2]AB[aa:bb][aa])", "more stones than the board has points")]
    [InlineData("(;SZ[2]AB[aa:bb])", "without liberties")]
    [InlineData("(;SZ[3]AB[aa]AW[aa])", "two stones are set on A3")]
    [InlineData("(;SZ[9];B[aa];AB[bb])", "stones are set up after move 1")]
    public void What_is_wrong_with_a_file_is_named(string text, string part) => Check.Says(part, () => Sgf.Read(text));

    [Fact]
    public void Huge_and_random_texts_end_in_an_error_or_a_game()
    {
        Check.Says("ends inside a tree (300000", () => Sgf.Read(string.Concat(Enumerable.Repeat("(;", 300_000))));
        Check.Says("too long", () => Sgf.Read("(;" + new string('A', 1_000_000)));
        Check.Says("a value does not end", () => Sgf.Read("(;C[" + new string('x', 1_000_000)));
        var deep = SgfNode.Parse(string.Concat(Enumerable.Repeat("(;C[x]", 100_000)) + new string(')', 100_000))[0];
        Assert.Equal(100_000, deep.ToString().Count(c => c == ';'));

        var random = new Random(12);
        for (var i = 0; i < 1000; i++)
        {
            var text = new StringBuilder("(;SZ[3]");
            for (var n = 0; n < 30; n++) text.Append("();[]BWABaabc\\: \n"[random.Next(17)]);
            try
            {
                _ = Sgf.Read(text.ToString());
            }
            catch (FormatException e)
            {
                Assert.Matches("^(SGF|Go)", e.Message);
            }
        }
    }
}
