namespace Strata.Reinforcement.Search;

/// <summary>What is known of a node.</summary>
enum NodeState : byte
{
    /// <summary>Nothing: it was never reached.</summary>
    Unvisited,

    /// <summary>Its evaluation is under way; its moves are there, their priors are not.</summary>
    Pending,

    /// <summary>Its moves have priors and may be followed.</summary>
    Expanded,

    /// <summary>The game is over here.</summary>
    Terminal,
}

/// <summary>A move and the position it leads to. The children of a node lie side by side in the pool.</summary>
struct SearchNode<TMove>
    where TMove : unmanaged
{
    /// <summary>P(s, a): the prior of the move.</summary>
    public float Prior;

    /// <summary>N(s, a): completed simulations through here.</summary>
    public int Visits;

    /// <summary>W(s, a): the sum of their results, from the side of the player who made the move.</summary>
    public float Total;

    /// <summary>Lost games that simulations under way count as. Kept apart from <see cref="Total"/>, so that nothing is left of them by rounding.</summary>
    public int Virtual;

    public int Parent;
    public int FirstChild;

    /// <summary>Of a solved node: what the game is worth to the player who made the move.</summary>
    public float Outcome;
    public ushort ChildCount;
    public NodeState State;

    /// <summary>Whether <see cref="Outcome"/> is known: the game is over here, or its moves prove it.</summary>
    public bool Solved;
    public TMove Move;
}
