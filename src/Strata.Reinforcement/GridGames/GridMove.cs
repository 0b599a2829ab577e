namespace Strata.Reinforcement;

/// <summary>What a player of a <see cref="GridGame"/> can do, in MinAtar's order.</summary>
public enum GridMove
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One cell left.</summary>
    Left,

    /// <summary>One cell up.</summary>
    Up,

    /// <summary>One cell right.</summary>
    Right,

    /// <summary>One cell down.</summary>
    Down,

    /// <summary>Fire.</summary>
    Fire,
}
