namespace Strata.Games.Tests;

public sealed class PlayCommandTests
{
    [Theory]
    [InlineData("chess", "uci", "uciok")]
    [InlineData("gardner", "uci", "uciok")]
    [InlineData("shogi", "usi", "usiok")]
    [InlineData("minishogi", "usi", "usiok")]
    [InlineData("go", "protocol_version", "= 2")]
    public void The_engine_of_the_game_answers(string game, string said, string answer)
    {
        var output = new StringWriter();
        PlayCommand.Run(game, new StringReader($"{said}\nquit\n"), output);
        Assert.Contains(answer, output.ToString());
    }

    [Fact]
    public void A_game_that_does_not_exist_is_named() =>
        Check.Says("there is no game 'poker'", () => PlayCommand.Run("poker", TextReader.Null, TextWriter.Null));
}
