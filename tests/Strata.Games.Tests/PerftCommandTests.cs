namespace Strata.Games.Tests;

public sealed class PerftCommandTests
{
    static string[] Run(string game, string? position, int depth)
    {
        var output = new StringWriter();
        PerftCommand.Run(game, position, depth, output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Theory]
    [InlineData("chess", null, 3, "e2e4: 600", "nodes 8902")]
    [InlineData("chess", "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - -", 2, "b4b1: 16", "nodes 191")]
    [InlineData("gardner", null, 2, "b2b3: 8", "nodes 53")]
    [InlineData("shogi", null, 2, "7g7f: 30", "nodes 900")]
    [InlineData("shogi", "7lk/9/8G/9/9/9/9/9/K8 b P 1", 1, "P*2b: 1", "nodes 76")]
    [InlineData("minishogi", null, 1, "1e1d: 1", "nodes 14")]
    [InlineData("go", "2", 3, "pass: 16", "nodes 68")]
    [InlineData("go", null, 1, "T19: 1", "nodes 362")]
    [InlineData("go", "(;SZ[2];B[aa])", 1, "pass: 1", "nodes 4")]
    [InlineData("connect-four", "111111", 1, "7: 1", "nodes 6")]
    [InlineData("tic-tac-toe", "xx.oo....", 1, "c3: 1", "nodes 5")]
    public void The_count_of_each_move_and_the_sum_are_printed(string game, string? position, int depth, string line, string last)
    {
        var said = Run(game, position, depth);
        Assert.Contains(line, said);
        Assert.Equal(last, said[^1]);
    }

    [Theory]
    [InlineData("checkers", null, "there is no game 'checkers'; there are chess, gardner, shogi")]
    [InlineData("chess", "rubbish", "FEN 'rubbish': has 1 fields")]
    [InlineData("go", "99", "size 1 … 25, not 99")]
    [InlineData("go", "rubbish", "SGF line 1: the text holds no game")]
    public void What_is_wrong_is_named(string game, string? position, string part) => Check.Says(part, () => Run(game, position, 1));

    [Fact]
    public void A_depth_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Run("chess", null, 0));
}
