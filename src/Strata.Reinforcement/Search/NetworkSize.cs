using Strata.Games;

namespace Strata.Reinforcement.Search;

/// <summary>What policy head a network has.</summary>
public enum PolicyHead
{
    /// <summary>Two 1×1 filters, then a dense layer to all moves: AlphaGo Zero's, for Go.</summary>
    Dense,

    /// <summary>A 3×3 convolution as wide as the tower, then one to the planes of moves: AlphaZero's, for chess and shogi.</summary>
    Planes,
}

/// <summary>The shape of a <see cref="PolicyValueNetwork"/>.</summary>
/// <param name="Height">Rows of the board.</param>
/// <param name="Width">Columns of the board.</param>
/// <param name="Planes">Planes of the input.</param>
/// <param name="Actions">The size of the policy.</param>
/// <param name="Blocks">Residual blocks: 19 or 39 in the papers.</param>
/// <param name="Filters">Filters of every convolution of the tower: 256 in the papers.</param>
/// <param name="ValueUnits">Units of the hidden layer of the value: 256 in the papers.</param>
/// <param name="Policy">The policy head.</param>
/// <param name="PolicyFilters">1×1 filters of a <see cref="PolicyHead.Dense"/> head: 2 in the papers.</param>
public sealed record NetworkSize(
    int Height, int Width, int Planes, int Actions, int Blocks, int Filters, int ValueUnits = 256, PolicyHead Policy = PolicyHead.Dense, int PolicyFilters = 2)
{
    /// <summary>The size for a game.</summary>
    /// <exception cref="ArgumentException">The game has no planes.</exception>
    public static NetworkSize For<TMove>(IGame<TMove> game, int blocks, int filters, int valueUnits = 256, PolicyHead policy = PolicyHead.Dense)
        where TMove : unmanaged, IEquatable<TMove>
    {
        ArgumentNullException.ThrowIfNull(game);
        return game is IPlanes planes
            ? new NetworkSize(planes.Height, planes.Width, planes.PlaneCount, game.ActionCount, blocks, filters, valueUnits, policy)
            : throw new ArgumentException($"NetworkSize: {game.GetType().Name} does not describe its positions as planes.", nameof(game));
    }
}
