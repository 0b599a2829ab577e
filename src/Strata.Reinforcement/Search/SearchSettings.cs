namespace Strata.Reinforcement.Search;

/// <summary>How a tree is searched. The defaults are AlphaZero's.</summary>
public sealed record SearchSettings
{
    /// <summary>Simulations a move, in addition to those a kept subtree brings along.</summary>
    public int Simulations { get; init; } = 800;

    /// <summary>How moves are selected on the way down.</summary>
    public SelectionRule Selection { get; init; } = new SelectionRule.AlphaZero();

    /// <summary>Null: the value of a move without visits is 0, a draw, as the papers have it. Otherwise it is the value of the position
    /// less this times √(Σ P of the visited moves), which tries fewer moves where many are bad.</summary>
    public double? FirstPlayReduction { get; init; }

    /// <summary>How many lost games each simulation under way counts as on the moves it follows, so that others spread out: 1 … 1,000. AlphaGo: 3.</summary>
    public int VirtualLoss { get; init; } = 1;

    /// <summary>How many leaves of one tree are evaluated together. 1 searches as if alone; AlphaGo Zero: 8.</summary>
    public int Leaves { get; init; } = 8;

    /// <summary>Whether results of finished games are proven upward (MCTS-solver, Winands et al. 2008): a position with a move that wins is won, one
    /// whose moves are all solved is worth the best of them. Moves that lose are then left alone, and a search whose root is solved is over.</summary>
    public bool Solver { get; init; }

    /// <summary>Noise on the priors of the root: none by default, as for play.</summary>
    public DirichletNoise? Noise { get; init; }

    /// <summary>AlphaGo Zero's search (2017): 1,600 simulations, leaves by eight. The paper leaves c_puct open; 1.5 here.</summary>
    public static SearchSettings AlphaGoZero { get; } = new() { Simulations = 1600, Selection = new SelectionRule.Puct(1.5), VirtualLoss = 3 };

    /// <summary>Plain UCT, to be used with random playouts.</summary>
    public static SearchSettings Uct { get; } = new() { Simulations = 1000, Selection = new SelectionRule.Uct(), Leaves = 1 };

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Simulations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Leaves, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(VirtualLoss, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(VirtualLoss, 1000);
    }
}
