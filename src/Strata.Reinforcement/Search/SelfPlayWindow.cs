using Strata.Games;
using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>The last games of self-play, from whose positions batches are drawn uniformly.</summary>
/// <param name="start">The position that the games began with.</param>
/// <param name="games">How many games are kept: 500,000 in AlphaGo Zero, 1,000,000 in AlphaZero.</param>
/// <param name="searchShare">How much of z is what the search made of the position instead of the game's result, 0 … 1. The papers: 0. The search's
/// value varies less and comes from the position alone; the result is not in error.</param>
public sealed class SelfPlayWindow<TMove>(IGame<TMove> start, int games, double searchShare = 0)
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly Queue<SelfPlayGame<TMove>> kept = new();
    readonly Symmetries symmetries = new((IPlanes)start, start.ActionCount);
    SelfPlayGame<TMove>[] all = [];
    int[] ends = []; // positions up to and with each game

    /// <summary>How many games are kept from the next <see cref="Add"/> on. A window that grows lets go of the first games, which teach little, soon.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int Capacity
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "SelfPlayWindow: it must hold at least one game.");
    } = games;

    /// <summary>Games in the window.</summary>
    public int Games => kept.Count;

    /// <summary>Positions in the window.</summary>
    public int Positions { get; private set; }

    /// <summary>Adds games; the oldest go when there are too many.</summary>
    public void Add(IEnumerable<SelfPlayGame<TMove>> played)
    {
        ArgumentNullException.ThrowIfNull(played);
        foreach (var game in played)
        {
            kept.Enqueue(game);
            while (kept.Count > Capacity) kept.Dequeue();
        }

        all = [.. kept];
        ends = new int[all.Length];
        Positions = 0;
        for (var i = 0; i < all.Length; i++) ends[i] = Positions += all[i].Policies.Count;
    }

    /// <summary>Draws a batch.</summary>
    /// <param name="count">Examples.</param>
    /// <param name="random">Where from.</param>
    /// <param name="turn">Whether each is turned by a random symmetry of the board, as AlphaGo Zero does and AlphaZero does not.</param>
    /// <returns>Planes [n, h, w, c], π [n, actions], z [n, 1].</returns>
    /// <exception cref="InvalidOperationException">The window is empty.</exception>
    public Tensor[] Sample(int count, RandomStream random, bool turn)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (Positions == 0) throw new InvalidOperationException("SelfPlayWindow: it is empty; play games first.");
        var board = (IPlanes)start;
        int size = board.Height * board.Width * board.PlaneCount, actions = start.ActionCount;
        var (planes, π, z) = (new float[count * size], new float[count * actions], new float[count]);
        var upright = new float[size];
        for (var i = 0; i < count; i++)
        {
            var position = random.NextInt(Positions);
            var g = Array.BinarySearch(ends, position + 1);
            if (g < 0) g = ~g;
            var searched = position - (g == 0 ? 0 : ends[g - 1]);
            var game = all[g].PositionAt(start, all[g].Opening + searched);
            var symmetry = turn ? random.NextInt(symmetries.Count) : 0;
            ((IPlanes)game).WritePlanes(upright);
            symmetries.Turn(symmetry, upright, planes.AsSpan(i * size, size));
            var policy = all[g].Policies[searched];
            for (var a = 0; a < policy.Actions.Length; a++) π[i * actions + symmetries.ActionUnder(symmetry, policy.Actions[a])] = policy.Shares[a];
            z[i] = (float)(game.Player == 0 ? all[g].Result : -all[g].Result);
            if (searchShare > 0) z[i] += (float)searchShare * (all[g].Values[searched] - z[i]);
        }

        return [Tensor.From(planes, [count, board.Height, board.Width, board.PlaneCount]), Tensor.From(π, [count, actions]), Tensor.From(z, [count, 1])];
    }
}
