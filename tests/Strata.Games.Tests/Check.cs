using Strata.Games;

namespace Strata.Games.Tests;

/// <summary>What holds for every game.</summary>
static class Check
{
    /// <summary>Plays random games and compares, move by move: undo restores everything, a clone is the game and independent of it, equal
    /// positions have equal keys, text and action index name each legal move, the returns sum to zero.</summary>
    public static void Game<TMove>(Func<IGame<TMove>> start, int games, int maxPlies, int seed)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var random = new Random(seed);
        for (var i = 0; i < games; i++)
        {
            var game = start();
            var keys = new List<ulong> { game.Hash };
            var texts = new List<string> { game.ToString()! };
            while (!game.IsTerminal && game.Ply < maxPlies)
            {
                var moves = game.LegalMoves();
                Assert.InRange(moves.Length, 1, game.MaxMoves);
                Assert.Equal(moves.Length, moves.Select(game.Format).Distinct().Count());
                var actions = moves.Select(game.ActionOf).ToArray();
                Assert.Equal(moves.Length, actions.Distinct().Count());
                Assert.All(actions, action => Assert.InRange(action, 0, game.ActionCount - 1));
                Assert.Equal(0, game.Return(0) + game.Return(1));

                var move = moves[random.Next(moves.Length)];
                Assert.True(game.TryParse(game.Format(move), out var read));
                Assert.Equal(move, read);
                Assert.False(game.TryParse("nonsense", out _));
                Assert.False(game.TryParse("", out _));

                var clone = game.Clone();
                game.Apply(move);
                Assert.Equal(texts[^1], clone.ToString());
                clone.Apply(move);
                Assert.Equal(game.Hash, clone.Hash);
                keys.Add(game.Hash);
                texts.Add(game.ToString()!);
            }

            var result = game.Return(0);
            Assert.Contains(result, new double[] { -1, 0, 1 });
            Assert.Equal(-result, game.Return(1));
            for (var ply = keys.Count - 1; ply > 0; ply--)
            {
                game.Undo();
                Assert.Equal(ply - 1, game.Ply);
                Assert.Equal(keys[ply - 1], game.Hash);
                Assert.Equal(texts[ply - 1], game.ToString());
            }

            Assert.Throws<InvalidOperationException>(game.Undo);
        }
    }

    /// <summary>A game at a random point: between 0 and <paramref name="maxPlies"/> random moves played.</summary>
    public static TGame Play<TGame, TMove>(TGame game, int maxPlies, Random random)
        where TGame : IGame<TMove>
        where TMove : unmanaged, IEquatable<TMove>
    {
        for (var plies = random.Next(maxPlies + 1); plies > 0 && !game.IsTerminal; plies--)
        {
            var moves = game.LegalMoves();
            game.Apply(moves[random.Next(moves.Length)]);
        }

        return game;
    }

    /// <summary>The perft counts of depth 1, 2, … are those of the text.</summary>
    public static void Perft<TMove>(IGame<TMove> game, string counts)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var expected = counts.Split(' ');
        Assert.Equal(expected, Enumerable.Range(1, expected.Length).Select(depth => $"{Games.Perft.Count(game, depth)}"));
    }

    /// <summary>Writing the planes changes nothing.</summary>
    public static void Planes<TMove>(IGame<TMove> game)
        where TMove : unmanaged, IEquatable<TMove>
    {
        var (planes, text, hash, ply) = ((IPlanes)game, game.ToString(), game.Hash, game.Ply);
        planes.WritePlanes(new float[planes.Height * planes.Width * planes.PlaneCount]);
        Assert.Equal((text, hash, ply), (game.ToString(), game.Hash, game.Ply));
        while (game.Ply > 0) game.Undo();
    }

    /// <summary>Plays a random game and, for each symmetry, the game of the turned actions: its moves are legal, its planes are the turned
    /// planes and its end is the same.</summary>
    public static void Symmetries<TMove>(Func<IGame<TMove>> start, int count)
        where TMove : unmanaged, IEquatable<TMove>
    {
        Assert.Equal(count, ((IPlanes)start()).SymmetryCount);
        for (var symmetry = 0; symmetry < count; symmetry++)
        {
            var (random, game, turned) = (new Random(symmetry), start(), start());
            var (planes, other) = ((IPlanes)game, (IPlanes)turned);
            while (!game.IsTerminal && game.Ply < 60)
            {
                var moves = game.LegalMoves();
                var move = moves[random.Next(moves.Length)];
                var action = planes.ActionUnder(symmetry, game.ActionOf(move));
                turned.Apply(turned.LegalMoves().Single(m => turned.ActionOf(m) == action));
                game.Apply(move);

                var (a, b) = (new float[planes.Height * planes.Width * planes.PlaneCount], new float[planes.Height * planes.Width * planes.PlaneCount]);
                planes.WritePlanes(a);
                other.WritePlanes(b);
                for (var i = 0; i < a.Length; i++)
                    Assert.Equal(a[i], b[planes.SquareUnder(symmetry, i / planes.PlaneCount) * planes.PlaneCount + i % planes.PlaneCount]);
            }

            Assert.Equal(game.IsTerminal, turned.IsTerminal);
            Assert.Equal(game.Return(0), turned.Return(0));
        }
    }

    public static void Says(string part, Action act) => Assert.Contains(part, Assert.Throws<FormatException>(act).Message);
}
