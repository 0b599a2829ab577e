using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>Chooses moves in many games at once, as networks do it fast.</summary>
public interface IBatchPlayer<TMove>
    where TMove : unmanaged, IEquatable<TMove>
{
    /// <summary>The name in tables.</summary>
    string Name { get; }

    /// <summary>A legal move for each of the games, none of which is over; they are left as they are.</summary>
    TMove[] Choose(IReadOnlyList<IGame<TMove>> games);
}
