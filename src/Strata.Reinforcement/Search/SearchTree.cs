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
    IGame<TMove> game;
    bool noisy; // whether the root has its noise already

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

    /// <summary>Nodes in memory.</summary>
    public int NodeCount => pool.Count;

    /// <summary>What the search makes of the position, from the side of the player to move, −1 … 1; 0 before the first simulation.</summary>
    public double Value => pool.Nodes[0] is { Solved: true } solved ? -solved.Outcome : pool.Nodes[0] is { Visits: > 0 } root ? -root.Total / root.Visits : 0;

    /// <summary>Whether <see cref="Value"/> is proven (<see cref="SearchSettings.Solver"/>): nothing is left to search.</summary>
    public bool IsSolved => pool.Nodes[0].Solved;

    /// <summary>The moves of the root with their statistics, in the game's order; empty before the first simulation.</summary>
    public SearchMove<TMove>[] Moves
    {
        get
        {
            var moves = new SearchMove<TMove>[pool.Nodes[0].State == NodeState.Expanded ? pool.Nodes[0].ChildCount : 0];
            for (var i = 0; i < moves.Length; i++)
            {
                ref var node = ref pool.Nodes[pool.Nodes[0].FirstChild + i];
                moves[i] = new SearchMove<TMove>(
                    node.Move, node.Prior, node.Visits, node.Solved ? node.Outcome : node.Visits == 0 ? 0 : node.Total / node.Visits, node.Solved);
            }

            return moves;
        }
    }

    /// <summary>Guards nodes: workers hold it while they go down and up, not while leaves are evaluated, which is where the time goes.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Increases when the root becomes another: workers then take its position.</summary>
    internal int Version { get; private set; }

    internal SearchNode<TMove>[] Nodes => pool.Nodes;

    /// <summary>Forgets everything and begins at another position.</summary>
    public void Restart(IGame<TMove> game)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (game.IsTerminal) throw new ArgumentException("SearchTree: the game is over; there is nothing to search.", nameof(game));
        this.game = game.Clone();
        pool.Clear();
        Begin();
    }

    /// <summary>Plays a move: its position becomes the root and keeps what is known of it, the rest of the tree is freed.</summary>
    /// <exception cref="ArgumentException">The move is not legal, or ends the game.</exception>
    public void Advance(TMove move)
    {
        ref var root = ref pool.Nodes[0];
        var child = -1;
        for (var i = root.FirstChild; i < root.FirstChild + root.ChildCount && child < 0; i++)
            if (pool.Nodes[i].Move.Equals(move)) child = i;
        if (child < 0 && !game.LegalMoves().Contains(move)) throw new ArgumentException($"SearchTree: the move {game.Format(move)} is not legal.", nameof(move));
        game.Apply(move);
        if (game.IsTerminal)
        {
            game.Undo();
            throw new ArgumentException($"SearchTree: the move {game.Format(move)} ends the game; there is nothing to search.", nameof(move));
        }

        if (child < 0) pool.Clear();
        else pool.Keep(child);
        Begin();
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
    public double[] Policy(double temperature = 1)
    {
        var moves = Moves;
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
        var (moves, policy) = (Moves, Policy(temperature));
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
        for (var at = 0; line.Count < length && pool.Nodes[at].State == NodeState.Expanded;)
        {
            ref var node = ref pool.Nodes[at];
            at = node.FirstChild;
            for (var i = node.FirstChild + 1; i < node.FirstChild + node.ChildCount; i++)
                if (pool.Nodes[i].Visits > pool.Nodes[at].Visits) at = i;
            if (pool.Nodes[at].Visits == 0) break;
            line.Add(pool.Nodes[at].Move);
        }

        return line;
    }

    /// <summary>The sum of all counters of virtual loss: 0 when no simulation is under way.</summary>
    internal long VirtualLosses => pool.Nodes.AsSpan(0, pool.Count).ToArray().Sum(node => (long)node.Virtual);

    /// <summary>The child to follow from an expanded node.</summary>
    internal int Select(int parent)
    {
        var nodes = pool.Nodes;
        ref var node = ref nodes[parent];
        var visits = Math.Max(1, node.Visits + node.Virtual);
        var weight = Settings.Selection.Weight(visits);
        var children = nodes.AsSpan(node.FirstChild, node.ChildCount);
        if (Settings.Selection is SelectionRule.Uct) return node.FirstChild + MostPromising(children, weight, Settings.Solver);

        var unvisited = Settings.FirstPlayReduction is { } reduction ? FirstPlay(node, children, reduction) : 0;
        var (best, bestScore) = (0, double.NegativeInfinity);
        for (var i = 0; i < children.Length; i++)
        {
            ref var child = ref children[i];
            if (child.Solved && child.Outcome < 0 && Settings.Solver) continue; // where all lose, the parent is solved and nobody asks
            double n = child.Visits + child.Virtual;
            var score = n == 0
                ? unvisited + weight * child.Prior // most of many moves: no division
                : (child.Solved ? child.Outcome : (child.Total - child.Virtual) / n) + weight * child.Prior / (1 + n);
            if (score < bestScore || (score == bestScore && child.Prior <= children[best].Prior)) continue;
            (best, bestScore) = (i, score);
        }

        return node.FirstChild + best;
    }

    /// <summary>Gives a node its moves while its evaluation is under way.</summary>
    internal void Open(int leaf, ReadOnlySpan<TMove> moves)
    {
        pool.Add(leaf, moves);
        pool.Nodes[leaf].State = NodeState.Pending;
    }

    /// <summary>Gives the moves of a node their priors.</summary>
    internal void Expand(int leaf, ReadOnlySpan<float> priors)
    {
        ref var node = ref pool.Nodes[leaf];
        for (var i = 0; i < priors.Length; i++) pool.Nodes[node.FirstChild + i].Prior = priors[i];
        node.State = NodeState.Expanded;
        if (leaf == 0) AddNoise();
    }

    /// <summary>Notes that the game is over at a node, and with a solver what follows from it above.</summary>
    /// <param name="leaf">Where the game is over.</param>
    /// <param name="outcome">To the player who moved there.</param>
    internal void Finish(int leaf, float outcome)
    {
        pool.Nodes[leaf].State = NodeState.Terminal;
        for (var at = leaf; ;)
        {
            ref var node = ref pool.Nodes[at];
            (node.Outcome, node.Solved) = (outcome, true);
            if (!Settings.Solver || node.Parent < 0) return;
            at = node.Parent;
            var best = -1f;
            foreach (ref readonly var move in pool.Nodes.AsSpan(pool.Nodes[at].FirstChild, pool.Nodes[at].ChildCount))
            {
                if (outcome < 1 && !move.Solved) return; // a move that wins proves its parent alone; else all must be solved
                if (move.Solved) best = Math.Max(best, move.Outcome);
            }

            outcome = -best;
        }
    }

    /// <summary>Adds a result to a node and to all above it, and takes the virtual losses back.</summary>
    /// <param name="leaf">Where the simulation ended.</param>
    /// <param name="value">To the player who moved to <paramref name="leaf"/>.</param>
    internal void BackUp(int leaf, double value)
    {
        for (var at = leaf; at >= 0; value = -value)
        {
            ref var node = ref pool.Nodes[at];
            if (node.Solved) value = node.Outcome;
            node.Visits++;
            node.Total += (float)value;
            node.Virtual -= Settings.VirtualLoss;
            at = node.Parent;
        }

        Simulations++;
    }

    /// <summary>Takes the virtual losses of a simulation back that came to nothing.</summary>
    internal void GiveUp(int leaf)
    {
        for (var at = leaf; at >= 0; at = pool.Nodes[at].Parent) pool.Nodes[at].Virtual -= Settings.VirtualLoss;
    }

    void Begin()
    {
        Simulations = 0;
        Version++;
        noisy = false;
        if (pool.Nodes[0].State == NodeState.Expanded) AddNoise();
    }

    void AddNoise()
    {
        if (noisy || Settings.Noise is not { } noise) return;
        noisy = true;
        var children = pool.Nodes.AsSpan(pool.Nodes[0].FirstChild, pool.Nodes[0].ChildCount);
        Span<double> eta = stackalloc double[children.Length];
        DirichletNoise.Draw(eta, noise.Alpha, random);
        for (var i = 0; i < children.Length; i++) children[i].Prior = (float)((1 - noise.Share) * children[i].Prior + noise.Share * eta[i]);
    }

    static double FirstPlay(in SearchNode<TMove> node, ReadOnlySpan<SearchNode<TMove>> children, double reduction)
    {
        var tried = 0.0;
        foreach (ref readonly var child in children)
            if (child.Visits > 0) tried += child.Prior;
        return -node.Total / Math.Max(1, node.Visits) - reduction * Math.Sqrt(tried);
    }

    static int MostPromising(ReadOnlySpan<SearchNode<TMove>> children, double weight, bool solver)
    {
        var (best, bestScore) = (0, double.NegativeInfinity);
        for (var i = 0; i < children.Length; i++)
        {
            double n = children[i].Visits + children[i].Virtual;
            if (children[i].Prior == 0) continue; // said to be not worth a trial
            if (n == 0) return i;
            if (solver && children[i].Solved && children[i].Outcome < 0) continue;
            var score = (children[i].Solved ? children[i].Outcome : (children[i].Total - children[i].Virtual) / n) + weight / Math.Sqrt(n);
            if (score > bestScore) (best, bestScore) = (i, score);
        }

        return best;
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
