using Strata.Games.Players;

namespace Strata.Games.Go;

/// <summary>Random play that never fills an own eye and passes only when nothing else is left: after it every group on the board is
/// alive, so that area scoring is right.</summary>
public sealed class GoPlayout : IPlayout<GoMove>
{
    static readonly int[] strides = [29, 31, 37, 41, 43, 47, 53, 59]; // primes that divide no square of 1 … 25

    /// <inheritdoc/>
    /// <remarks>An eye of one's own is never filled; a pass is worth a trial only as the answer to a pass.</remarks>
    public bool IsSensible(IGame<GoMove> game, GoMove move)
    {
        var go = (GoGame)game;
        return move.IsPass ? go.Passes > 0 : !go.IsEye(move.Point);
    }

    /// <inheritdoc/>
    public double Run(IGame<GoMove> game, int player, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var go = (GoGame)game;
        var points = go.Size * go.Size;
        for (var left = 3 * points; left > 0 && !go.IsTerminal; left--) go.Apply(Next(go, points, random));
        return Math.Sign(go.Score) * (player == 0 ? 1 : -1);
    }

    /// <summary>The first sensible point from a random one on; steps of a stride prime to the board keep neighbors from favoring each other.</summary>
    static GoMove Next(GoGame go, int points, Random random)
    {
        var point = random.Next(points);
        var stride = strides[random.Next(strides.Length)];
        for (var i = 0; i < points; i++, point = (point + stride) % points)
            if (go.ColorAt(point) < 0 && !go.IsEye(point) && go.IsLegal(point)) return new GoMove((short)point);
        return GoMove.Pass;
    }
}
