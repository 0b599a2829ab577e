namespace Strata.Reinforcement.Search;

/// <summary>What is known of a node.</summary>
enum NodeState : byte
{
    /// <summary>Nothing: its evaluation has not begun.</summary>
    Unvisited,

    /// <summary>Its evaluation is under way.</summary>
    Pending,

    /// <summary>Its moves have priors and may be followed.</summary>
    Expanded,

    /// <summary>The game is over here.</summary>
    Terminal,
}

/// <summary>A position that simulations have reached. Its moves lie side by side in the pool, those that were tried in front.</summary>
struct SearchNode<TMove>
    where TMove : unmanaged
{
    /// <summary>N(s, a): completed simulations through here.</summary>
    public int Visits;

    /// <summary>W(s, a): the sum of their results, from the side of the player who made the move.</summary>
    public float Total;

    /// <summary>Lost games that simulations under way count as. Kept apart from <see cref="Total"/>, so that nothing is left of them by rounding.</summary>
    public int Virtual;

    public int Parent;

    /// <summary>Where the pool holds the moves.</summary>
    public int Moves;

    /// <summary>Where the pool holds what selection knows of those that were tried.</summary>
    public int Groups;

    /// <summary>The largest prior among the moves that were not tried, which is that of the first of them.</summary>
    public float NextPrior;

    /// <summary>Which of its parent's moves leads here.</summary>
    public ushort Ordinal;

    /// <summary>That move.</summary>
    public TMove Move;

    public ushort MoveCount;

    /// <summary>How many of the moves were followed. The next one to try is always the first of the others.</summary>
    public ushort Tried;

    public NodeState State;

    /// <summary>Whether <see cref="Outcome"/> is known: the game is over here, or its moves prove it.</summary>
    public bool Solved;

    /// <summary>Whether simulations go on from here.</summary>
    public readonly bool IsOpen => State == NodeState.Expanded && !Solved;

    /// <summary>Of a solved node: what the game is worth to the player who made the move, −1, 0 or 1.</summary>
    public sbyte Outcome;
}
