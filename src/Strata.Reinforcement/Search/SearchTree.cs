using System.Runtime.Intrinsics;
using Strata.Games;
using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>A tree of moves with what simulations found out about them: Monte-Carlo tree search as in AlphaGo Zero and AlphaZero. Players
/// must take turns. <see cref="SearchWorker{TMove}"/> walks it, several of them on threads of their own if wanted.</summary>
/// <remarks>A simulation goes down by the selection rule to a position without an evaluation, has it evaluated, gives its moves their
/// priors, and adds the value to all moves on the way, its sign changing with the player. A finished game counts its result.</remarks>
public sealed class SearchTree<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    readonly NodePool<TMove> pool = new();
    readonly RandomStream random;
    readonly bool uct;
    readonly float[] weights;
    IGame<TMove> game;
    bool noisy; // whether the root has its noise already
    int latest = -1; // the leaf under way whose virtual losses were not counted yet

    /// <summary>A bare tree.</summary>
    /// <param name="game">The position of the root, which must not be the end of a game; it is copied.</param>
    /// <param name="settings">How to search.</param>
    /// <param name="random">Of the noise.</param>
    public SearchTree(IGame<TMove> game, SearchSettings settings, RandomStream? random = null)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        Settings = settings;
        uct = settings.Selection is SelectionRule.Uct;
        weights = settings.Selection.Weights;
        this.random = random ?? new RandomStream(0);
        this.game = game.Clone();
        Restart(game);
    }

    /// <summary>How the tree is searched.</summary>
    public SearchSettings Settings { get; }

    /// <summary>The position of the root; not to be changed.</summary>
    public IGame<TMove> Game => game;

    /// <summary>The simulations completed since the root became the root; what a kept subtree brought along does not count.</summary>
    public int Simulations { get; private set; }

    /// <summary>Positions in memory that simulations have reached.</summary>
    public int NodeCount => pool.Count;

    /// <summary>What the search makes of the position, from the side of the player to move, −1 … 1; 0 before the first simulation.</summary>
    public double Value => pool[0] is { Solved: true } solved ? -solved.Outcome : pool[0] is { Visits: > 0 } root ? -root.Total / root.Visits : 0;

    /// <summary>Whether <see cref="Value"/> is proven (<see cref="SearchSettings.Solver"/>): nothing is left to search.</summary>
    public bool IsSolved => pool[0].Solved;

    /// <summary>The moves of the root with their statistics, in the game's order; empty before the first simulation.</summary>
    public SearchMove<TMove>[] Moves
    {
        get
        {
            var root = pool[0];
            if (root.State != NodeState.Expanded) return [];
            var moves = new SearchMove<TMove>[root.MoveCount];
            for (var i = 0; i < moves.Length; i++)
            {
                var node = i < root.Tried ? pool[pool.Target(root, i)] : default;
                moves[i] = new SearchMove<TMove>(
                    pool.Moves(root)[i], pool.Priors(root)[i], node.Visits, node.Solved ? node.Outcome : node.Visits == 0 ? 0 : node.Total / node.Visits, node.Solved);
            }

            var order = game.LegalMoves();
            Array.Sort([.. moves.Select(move => Array.IndexOf(order, move.Move))], moves);
            return moves;
        }
    }

    /// <summary>Guards nodes: workers hold it while they go down and up, not while leaves are evaluated, which is where the time goes.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Increases when the root becomes another: workers then take its position.</summary>
    internal int Version { get; private set; }

    internal NodePool<TMove> Pool => pool;

    /// <summary>Forgets everything and begins at another position.</summary>
    public void Restart(IGame<TMove> game)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (game.IsTerminal) throw new ArgumentException("SearchTree: the game is over; there is nothing to search.", nameof(game));
        this.game = game.Clone();
        pool.Clear();
        BeginAtRoot();
    }

    /// <summary>Plays a move: its position becomes the root and keeps what is known of it, the rest of the tree is freed.</summary>
    /// <exception cref="ArgumentException">The move is not legal, or ends the game.</exception>
    public void Advance(TMove move)
    {
        ref var root = ref pool[0];
        var tried = pool.Moves(root)[..root.Tried].IndexOf(move);
        if (tried < 0 && !game.LegalMoves().Contains(move)) throw new ArgumentException($"SearchTree: the move {game.Format(move)} is not legal.", nameof(move));
        game.Apply(move);
        if (game.IsTerminal)
        {
            game.Undo();
            throw new ArgumentException($"SearchTree: the move {game.Format(move)} ends the game; there is nothing to search.", nameof(move));
        }

        if (tried < 0) pool.Clear();
        else pool.Keep(pool.Target(root, tried));
        BeginAtRoot();
    }

    /// <summary>Takes over a game that stands at the root's position: its course and its rules count from now on.</summary>
    internal void Adopt(IGame<TMove> same)
    {
        game = same.Clone();
        Version++;
    }

    /// <summary>The shares of the visits that the moves of <see cref="Moves"/> had: π(a) ∝ N(a)^(1/τ). With a solver only moves that win have a
    /// share if there are any, and moves that lose have none if there are others.</summary>
    /// <param name="temperature">τ; 0: all on the move with most visits, and of those the first with the largest Q.</param>
    public double[] Policy(double temperature = 1) => PolicyOf(Moves, temperature);

    // Takes from the moves the visits that do not count.
    double[] PolicyOf(SearchMove<TMove>[] moves, double temperature)
    {
        var policy = new double[moves.Length];
        if (moves.Length == 0) return policy;
        if (Settings.Solver) LeaveOutLosers(moves);
        var most = moves.Max(move => move.Visits);
        if (temperature == 0)
        {
            var best = 0;
            for (var i = 1; i < moves.Length; i++)
                if ((moves[i].Visits, moves[i].Value).CompareTo((moves[best].Visits, moves[best].Value)) > 0) best = i;
            policy[best] = 1;
            return policy;
        }

        for (var i = 0; i < moves.Length; i++) policy[i] = most > 0 ? Math.Pow((double)moves[i].Visits / most, 1 / temperature) : moves[i].Prior; // without visits priors are all there is
        var sum = policy.Sum();
        for (var i = 0; i < moves.Length; i++) policy[i] /= sum;
        return policy;
    }

    /// <summary>Takes the visits of moves that are proven to be worse than others.</summary>
    static void LeaveOutLosers(SearchMove<TMove>[] moves)
    {
        var wins = moves.Any(move => move is { Proven: true, Value: 1 });
        if (!wins && moves.All(move => move is { Proven: true, Value: -1 })) return;
        for (var i = 0; i < moves.Length; i++)
            if (moves[i] is not { Proven: true, Value: 1 } && (wins || moves[i] is { Proven: true, Value: -1 })) moves[i] = moves[i] with { Visits = 0, Prior = 0 };
    }

    /// <summary>A move drawn from <see cref="Policy"/>.</summary>
    public TMove Choose(double temperature, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var moves = Moves;
        var policy = PolicyOf(moves, temperature);
        if (moves.Length == 0) throw new InvalidOperationException("SearchTree: no simulation was made.");
        var (left, chosen) = (random.NextDouble(), -1);
        for (var i = 0; i < moves.Length; i++)
        {
            if (policy[i] == 0) continue;
            chosen = i; // the last one stands where rounding leaves a rest
            if ((left -= policy[i]) < 0) break;
        }

        return moves[chosen].Move;
    }

    /// <summary>The line of most visited moves.</summary>
    public IReadOnlyList<TMove> Line(int length = 16)
    {
        var line = new List<TMove>();
        for (var at = 0; line.Count < length && pool[at].State == NodeState.Expanded;)
        {
            ref var node = ref pool[at];
            if (node.Tried == 0) break;
            at = pool.Target(node, 0);
            for (var i = 1; i < node.Tried; i++)
                if (pool[pool.Target(node, i)].Visits > pool[at].Visits) at = pool.Target(node, i);
            if (pool[at].Visits == 0) break;
            line.Add(pool[at].Move);
        }

        return line;
    }

    /// <summary>The move to follow from an expanded node, as its place among those that were tried; it may be new there.</summary>
    internal int Select(int at)
    {
        ref var node = ref pool[at];
        var more = node.Tried < node.MoveCount;
        if (node.Tried == 0 || (uct && more && node.NextPrior > 0)) return pool.Try(at); // UCT leaves out what its prior says is not worth a trial

        var visits = node.Visits + node.Virtual + Settings.VirtualLoss; // this simulation is under way, too
        var weight = visits < weights.Length ? weights[visits] : (float)Settings.Selection.Weight(visits);
        var (largest, seen) = (new MoveGroup.Largest(), 0);
        foreach (ref readonly var group in pool.Tried(node))
        {
            var bonus = uct ? Vector256<float>.One / Vector256.Sqrt(group.Counts) : group.Priors / (group.Counts + Vector256<float>.One);
            largest.See(bonus * weight + group.Values, seen);
            seen += MoveGroup.Size;
        }

        var (bound, best) = largest.Found(); // of equal ones the one that was tried first
        return more && !uct && FirstPlay(node) + weight * node.NextPrior > bound ? pool.Try(at) : best;
    }

    /// <summary>Counts the virtual losses of all simulations under way: due before another begins, and so never where each is alone.</summary>
    internal void CountLosses()
    {
        if (latest >= 0) AddLosses(latest, Settings.VirtualLoss);
        latest = -1;
    }

    /// <summary>Notes that a leaf is being evaluated.</summary>
    internal void Await(int leaf)
    {
        pool[leaf].State = NodeState.Pending;
        latest = leaf;
    }

    /// <summary>Completes the simulation of a leaf whose moves have their priors by now.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="value">To the player who moved there.</param>
    internal void Expand(int leaf, double value)
    {
        pool.PutNext(ref pool[leaf]);
        pool[leaf].State = NodeState.Expanded;
        if (leaf == 0) AddNoise();
        if (latest == leaf) latest = -1;
        else AddLosses(leaf, -Settings.VirtualLoss);
        BackUp(leaf, value);
    }

    /// <summary>Notes that the game is over at a node, and with a solver what follows from it above.</summary>
    /// <param name="leaf">Where the game is over.</param>
    /// <param name="outcome">To the player who moved there.</param>
    internal void Finish(int leaf, sbyte outcome)
    {
        pool[leaf].State = NodeState.Terminal;
        for (var at = leaf; ;)
        {
            ref var node = ref pool[at];
            (node.Outcome, node.Solved) = (outcome, true);
            Show(node);
            if (!Settings.Solver || node.Parent < 0) return;
            at = node.Parent;
            var best = (sbyte)-1;
            ref var parent = ref pool[at];
            if (outcome < 1 && parent.Tried < parent.MoveCount) return; // a move that wins proves its parent alone; else all must be solved
            for (var i = 0; i < parent.Tried; i++)
            {
                ref readonly var move = ref pool[pool.Target(parent, i)];
                if (outcome < 1 && !move.Solved) return;
                if (move.Solved) best = Math.Max(best, move.Outcome);
            }

            outcome = (sbyte)-best;
        }
    }

    /// <summary>Adds a result to a node and to all above it.</summary>
    /// <param name="leaf">Where the simulation ended.</param>
    /// <param name="value">To the player who moved to <paramref name="leaf"/>.</param>
    internal void BackUp(int leaf, double value)
    {
        for (var at = leaf; at >= 0; value = -value)
        {
            ref var node = ref pool[at];
            if (node.Solved) value = node.Outcome;
            node.Visits++;
            node.Total += (float)value;
            Show(node);
            at = node.Parent;
        }

        Simulations++;
    }

    void AddLosses(int leaf, int losses)
    {
        for (var at = leaf; at >= 0; at = pool[at].Parent)
        {
            ref var node = ref pool[at];
            node.Virtual += losses;
            Show(node);
        }
    }

    /// <summary>Tells selection what became of a node. A move that loses for certain is left alone by a solver: where all lose, the parent is
    /// solved and nobody asks.</summary>
    void Show(in SearchNode<TMove> node)
    {
        if (node.Parent < 0) return;
        float n = node.Visits + node.Virtual;
        var value = node.Solved
            ? node.Outcome < 0 && Settings.Solver ? float.NegativeInfinity : node.Outcome
            : n > 0 ? (node.Total - node.Virtual) / n : 0;
        pool.Show(node, n, value);
    }

    void BeginAtRoot()
    {
        Simulations = 0;
        Version++;
        noisy = false;
        latest = -1;
        if (pool[0].State == NodeState.Expanded) AddNoise();
    }

    void AddNoise()
    {
        if (noisy || Settings.Noise is not { } noise) return;
        noisy = true;
        ref var root = ref pool[0];
        Span<double> eta = stackalloc double[root.MoveCount];
        DirichletNoise.Draw(eta, noise.Alpha, random);
        for (var i = 0; i < eta.Length; i++) pool.SetPrior(root, i, (float)((1 - noise.Share) * pool.Priors(root)[i] + noise.Share * eta[i]));
        pool.PutNext(ref root);
    }

    /// <summary>The value of a move without visits.</summary>
    double FirstPlay(in SearchNode<TMove> node)
    {
        if (Settings.FirstPlayReduction is not { } reduction) return 0;
        var tried = 0.0;
        for (var i = 0; i < node.Tried; i++)
            if (pool[pool.Target(node, i)].Visits > 0) tried += pool.Priors(node)[i];
        return -node.Total / Math.Max(1, node.Visits) - reduction * Math.Sqrt(tried);
    }
}

/// <summary>A move of a root and what the search knows of it.</summary>
/// <param name="Move">The move.</param>
/// <param name="Prior">P, with the noise if there is any.</param>
/// <param name="Visits">N.</param>
/// <param name="Value">Q, to the player who makes the move; 0 without visits.</param>
/// <param name="Proven">Whether the value is that of the finished game.</param>
public readonly record struct SearchMove<TMove>(TMove Move, double Prior, int Visits, double Value, bool Proven = false)
    where TMove : unmanaged;
