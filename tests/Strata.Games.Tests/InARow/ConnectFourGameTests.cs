using Strata.Games.InARow;

namespace Strata.Games.Tests.InARow;

public sealed class ConnectFourGameTests
{
    [Fact]
    public void Perft_gives_the_known_counts() => Check.Perft(new ConnectFourGame(), "7 49 343 2401 16807 117649 823536 5673234");

    [Theory]
    [InlineData(7, 6, 4)]
    [InlineData(5, 4, 4)]
    [InlineData(9, 6, 5)]
    [InlineData(3, 3, 3)]
    public void Random_games_keep_every_promise_of_a_game(int columns, int rows, int length) =>
        Check.Game(() => new ConnectFourGame(columns, rows, length), 20, 64, 1);

    [Theory]
    [InlineData("1122334", true)] // along the bottom
    [InlineData("1212121", true)] // up
    [InlineData("12233434474", true)] // rising
    [InlineData("1223343447", false)]
    [InlineData("76655454414", true)] // falling
    [InlineData("7665545441", false)]
    public void Four_in_a_row_win(string columns, bool won)
    {
        var game = ConnectFourGame.FromText(columns);
        Assert.Equal(won ? 1 : 0, game.Return(0));
        Assert.Equal(won, game.IsTerminal);
        Assert.Equal(won ? 0 : 7, game.LegalMoves().Length);
    }

    [Theory]
    [InlineData(7, 6, 4)]
    [InlineData(5, 4, 3)]
    [InlineData(6, 5, 5)]
    public void A_row_is_found_where_a_search_of_the_board_finds_one(int columns, int rows, int length)
    {
        var random = new Random(8);
        for (var i = 0; i < 200; i++)
        {
            var game = new ConnectFourGame(columns, rows, length);
            while (!game.IsTerminal)
            {
                var moves = game.LegalMoves();
                game.Apply(moves[random.Next(moves.Length)]);
                var lines = game.ToString().Split('\n');
                var found = false;
                for (var row = 0; row < rows; row++)
                {
                    for (var column = 0; column < columns; column++)
                    {
                        foreach (var (dx, dy) in new[] { (1, 0), (0, 1), (1, 1), (1, -1) })
                        {
                            found |= lines[row][column] != '.' && Enumerable.Range(1, length - 1).All(k =>
                                row + k * dy >= 0 && row + k * dy < rows && column + k * dx < columns
                                && lines[row + k * dy][column + k * dx] == lines[row][column]);
                        }
                    }
                }

                Assert.Equal(found, game.Return(0) != 0);
            }
        }
    }

    [Fact]
    public void A_full_column_is_closed() => Assert.DoesNotContain((byte)0, ConnectFourGame.FromText("111111").LegalMoves());

    [Theory]
    [InlineData("18", "character 2, '8'")]
    [InlineData("1111111", "character 7, '1'")]
    [InlineData("11223341", "character 8, '1'")]
    public void What_is_wrong_with_a_text_is_named(string text, string part) => Check.Says(part, () => ConnectFourGame.FromText(text));

    [Fact]
    public void A_board_that_does_not_fit_is_refused() =>
        Assert.Contains("8 columns of 8 rows", Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectFourGame(8, 8)).Message);
}
