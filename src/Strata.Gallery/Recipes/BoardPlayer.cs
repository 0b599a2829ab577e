using Strata.Reinforcement.Search;

namespace Strata.Gallery;

/// <summary>How a recipe's trained model plays a board game: what <c>strata play</c> needs.</summary>
/// <param name="Game">One of the games of <c>strata play</c>.</param>
/// <param name="Size">The shape of the network, whose weights are then loaded.</param>
/// <param name="Search">How it searches; the number of simulations is what a move may spend where nothing else bounds it.</param>
/// <param name="BoardSize">Rows of the board where the game has several.</param>
public sealed record BoardPlayer(string Game, NetworkSize Size, SearchSettings Search, int BoardSize = 0);
