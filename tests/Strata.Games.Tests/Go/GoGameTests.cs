using Strata.Games.Go;

namespace Strata.Games.Tests.Go;

public sealed class GoGameTests
{
    static GoGame After(GoGame game, params string[] moves)
    {
        foreach (var move in moves) game.Play(move);
        return game;
    }

    [Theory]
    [InlineData(2, "5 21 68 156 316 604 1088")]
    [InlineData(3, "10 91 738 5281 33384")]
    [InlineData(5, "26 651 15650")]
    [InlineData(9, "82 6643")]
    [InlineData(19, "362 130683")]
    public void Perft_with_superko_gives_the_known_counts(int size, string counts) => Check.Perft(new GoGame(size), counts);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 57)]
    [InlineData(3, 12675)]
    public void Legal_positions_are_as_many_as_published(int size, int count)
    {
        var legal = 0;
        var points = size * size;
        for (var code = 0; code < Math.Pow(3, points); code++)
        {
            var stones = Enumerable.Range(0, points).Select(p => code / (int)Math.Pow(3, p) % 3).ToArray();
            IEnumerable<int> Of(int color) => Enumerable.Range(0, points).Where(p => stones[p] == color);
            try
            {
                GoGame.SetUp(size, Of(1), Of(2));
                legal++;
            }
            catch (FormatException)
            {
                // a chain without liberties
            }
        }

        Assert.Equal(count, legal);
    }

    [Fact]
    public void Black_wins_2x2_by_one_point()
    {
        var game = new GoGame(2, new GoRules(Komi: 0));
        Assert.Equal(1, Value(0, 2)); // a window around the value; passing first cuts most

        double Value(double alpha, double beta)
        {
            if (game.IsTerminal) return game.Score;
            foreach (var move in game.LegalMoves().Reverse())
            {
                var player = game.Player;
                game.Apply(move);
                var value = Value(alpha, beta);
                game.Undo();
                if (player == 0) alpha = Math.Max(alpha, value);
                else beta = Math.Min(beta, value);
                if (alpha >= beta) break;
            }

            return game.Player == 0 ? alpha : beta;
        }
    }

    [Theory]
    [InlineData(1, true, true)]
    [InlineData(2, true, true)]
    [InlineData(5, true, true)]
    [InlineData(5, false, false)]
    [InlineData(5, false, true)]
    [InlineData(9, true, false)]
    [InlineData(19, true, true)]
    [InlineData(25, true, true)]
    public void Random_games_keep_every_promise_of_a_game(int size, bool superko, bool suicide) =>
        Check.Game(() => new GoGame(size, new GoRules(7.5, superko, suicide)), size > 9 ? 1 : 4, size > 9 ? 200 : 400, 1);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void Liberties_are_those_of_a_count_from_the_board_after_every_move_and_undo(int size)
    {
        var random = new Random(9);
        var game = new GoGame(size);
        for (var step = 0; step < 600; step++)
        {
            if (game.IsTerminal || (game.Ply > 0 && random.Next(3) == 0))
            {
                game.Undo();
            }
            else
            {
                var moves = game.LegalMoves();
                game.Apply(moves[random.Next(moves.Length)]);
            }

            for (var point = 0; point < size * size; point++) Assert.Equal(CountLiberties(game, point), game.Liberties(point));
        }
    }

    [Theory]
    [InlineData(1, true, 40)]
    [InlineData(2, true, 200)]
    [InlineData(3, false, 300)]
    [InlineData(5, false, 600)]
    [InlineData(6, true, 600)]
    [InlineData(9, false, 400)]
    [InlineData(19, false, 40)]
    public void Legal_moves_are_those_of_the_rules_written_out(int size, bool suicide, int steps)
    {
        var random = new Random(size);
        var game = new GoGame(size, new GoRules(7.5, true, suicide));
        var positions = new Stack<string>([new string('.', size * size)]);
        for (var step = 0; step < steps; step++)
        {
            if (game.IsTerminal || (game.Ply > 0 && random.Next(8) == 0))
            {
                game.Undo();
                positions.Pop();
                continue;
            }

            var legal = Enumerable.Range(0, size * size).Where(point => After(positions.Peek(), point, "xo"[game.Player], size, suicide) is { } after && !positions.Contains(after)).ToArray();
            Assert.Equal(legal, game.LegalMoves().SkipLast(1).Select(move => (int)move.Point));
            Assert.Equal(legal, Enumerable.Range(0, size * size).Where(game.IsLegal));
            var chosen = random.Next(-1, legal.Length); // −1: a pass
            positions.Push(chosen < 0 ? positions.Peek() : After(positions.Peek(), legal[chosen], "xo"[game.Player], size, suicide)!);
            game.Apply(chosen < 0 ? GoMove.Pass : new GoMove((short)legal[chosen]));
        }
    }

    /// <summary>The board after a stone, or null where it may not be put: what is taken is found anew each time.</summary>
    static string? After(string board, int point, char us, int size, bool suicide)
    {
        if (board[point] != '.') return null;
        var stones = board.ToCharArray();
        stones[point] = us;
        foreach (var n in Neighbors(point, size))
            if (stones[n] != '.' && stones[n] != us) Take(n);
        Take(point);
        var lone = stones[point] == '.' && !Neighbors(point, size).Any(n => board[n] == us);
        return stones[point] == us || (suicide && !lone) ? new string(stones) : null;

        void Take(int start)
        {
            var (chain, open, color) = (new HashSet<int> { start }, new Queue<int>([start]), stones[start]);
            while (open.TryDequeue(out var p))
            {
                foreach (var n in Neighbors(p, size))
                {
                    if (stones[n] == '.') return;
                    if (stones[n] == color && chain.Add(n)) open.Enqueue(n);
                }
            }

            foreach (var p in chain) stones[p] = '.';
        }
    }

    static int CountLiberties(GoGame game, int point)
    {
        if (game.ColorAt(point) < 0) return 0;
        var (chain, liberties) = (new HashSet<int> { point }, new HashSet<int>());
        var open = new Queue<int>([point]);
        while (open.TryDequeue(out var p))
        {
            foreach (var n in Neighbors(p, game.Size))
            {
                if (game.ColorAt(n) < 0) liberties.Add(n);
                else if (game.ColorAt(n) == game.ColorAt(p) && chain.Add(n)) open.Enqueue(n);
            }
        }

        return liberties.Count;
    }

    static IEnumerable<int> Neighbors(int p, int size)
    {
        if (p % size > 0) yield return p - 1;
        if (p % size < size - 1) yield return p + 1;
        if (p >= size) yield return p - size;
        if (p < size * size - size) yield return p + size;
    }

    [Fact]
    public void The_stones_of_the_other_side_are_taken_first()
    {
        var game = GoGame.FromText("""
            . o x
            o x x
            x . .
            """);
        game.Play("A3"); // has no liberty until it takes both white stones
        Assert.Equal(-1, game.ColorAt(3));
        Assert.Equal(-1, game.ColorAt(7));
        Assert.Equal(0, game.ColorAt(6));
    }

    const string Ko = """
        . x o .
        x . x o
        . x o .
        . . . .
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_ko_may_not_be_retaken_at_once(bool superko)
    {
        var game = GoGame.FromText(Ko, player: 1, new GoRules(Superko: superko));
        game.Play("B3"); // takes C3
        Assert.False(game.TryParse("C3", out _));
        After(game, "A1", "D1");
        Assert.True(game.TryParse("C3", out _));
    }

    [Fact]
    public void No_board_comes_back_under_positional_superko_but_some_do_under_simple_ko()
    {
        Assert.Equal(0, Repetitions(new GoRules(Superko: true, Suicide: false)));
        Assert.NotEqual(0, Repetitions(new GoRules(Superko: false, Suicide: false)));

        static int Repetitions(GoRules rules)
        {
            var (random, repeated) = (new Random(10), 0);
            for (var i = 0; i < 100; i++)
            {
                var game = new GoGame(3, rules);
                var boards = new HashSet<string> { game.ToString() };
                while (!game.IsTerminal && game.Ply < 80)
                {
                    var moves = game.LegalMoves();
                    var move = moves[random.Next(moves.Length)];
                    game.Apply(move);
                    if (!move.IsPass && !boards.Add(game.ToString())) repeated++;
                }
            }

            return repeated;
        }
    }

    const string TwoStonesWithOneLiberty = """
        o . x .
        x x x .
        . . . .
        . . . .
        """;

    [Fact]
    public void Suicide_of_two_stones_is_a_matter_of_the_rules()
    {
        Assert.False(GoGame.FromText(TwoStonesWithOneLiberty, player: 1, new GoRules(Suicide: false)).TryParse("B4", out _));
        var game = GoGame.FromText(TwoStonesWithOneLiberty, player: 1, new GoRules(Suicide: true));
        game.Play("B4");
        Assert.Equal(-1, game.ColorAt(12));
        Assert.Equal(-1, game.ColorAt(13));
        game.Undo();
        Assert.Equal(1, game.ColorAt(12));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Suicide_of_one_stone_is_never_allowed(bool superko) => Assert.False(GoGame.FromText("""
        . x .
        x x .
        . . .
        """, player: 1, new GoRules(Superko: superko, Suicide: true)).TryParse("A3", out _));

    [Fact]
    public void The_score_counts_stones_and_what_they_alone_reach()
    {
        var game = GoGame.FromText("""
            . x o .
            x x o o
            . x . o
            x x o .
            """, rules: new GoRules(Komi: 0.5));
        Assert.Equal(8 - 7 - 0.5, game.Score); // C2 reaches both
        Assert.Equal(0, game.Return(0));
        After(game, "pass", "pass");
        Assert.True(game.IsTerminal);
        Assert.Empty(game.LegalMoves());
        Assert.Equal(1, game.Return(0));
        Assert.Equal(-1, game.Return(1));
        game.Resume();
        Assert.False(game.IsTerminal);
    }

    [Fact]
    public void An_empty_board_is_nobodys() => Assert.Equal(-7.5, new GoGame(9).Score);

    [Theory]
    [InlineData("A1", 0)]
    [InlineData("j9", 80)]
    [InlineData("H1", 7)]
    public void Points_are_named_without_the_letter_I(string name, int point)
    {
        Assert.True(new GoGame(9).TryParse(name, out var move));
        Assert.Equal(point, move.Point);
        Assert.Equal(name.ToUpperInvariant(), new GoGame(9).Format(move));
    }

    [Theory]
    [InlineData("I5")]
    [InlineData("A0")]
    [InlineData("A10")]
    [InlineData("K1")]
    [InlineData("A")]
    [InlineData("A+1")]
    [InlineData("A99999999999")]
    public void A_point_off_the_board_is_refused(string name) => Assert.False(new GoGame(9).TryParse(name, out _));

    [Theory]
    [InlineData("", "a board is n rows")]
    [InlineData("..\n.", "a board is n rows")]
    [InlineData("x?\n..", "a board is n rows")]
    public void A_drawing_that_is_no_board_is_refused(string text, string part) => Check.Says(part, () => GoGame.FromText(text));

    [Fact]
    public void Stones_without_liberties_cannot_be_set_up() =>
        Check.Says("without liberties", () => GoGame.FromText("ox\nx."));

    [Fact]
    public void A_board_too_large_is_refused() =>
        Assert.Contains("1 … 25", Assert.Throws<ArgumentOutOfRangeException>(() => new GoGame(26)).Message);
}
