namespace Strata.Gallery.Games;

/// <summary>What a round of self-play and learning came to.</summary>
/// <param name="Round">Its number, from 1.</param>
/// <param name="Steps">Updates so far.</param>
/// <param name="ValueLoss">The mean of (z − v)².</param>
/// <param name="PolicyLoss">The mean of −πᵀ log p.</param>
/// <param name="Plies">The mean length of a game.</param>
/// <param name="Result">The mean result to the first player.</param>
public sealed record SelfPlayRound(int Round, long Steps, double ValueLoss, double PolicyLoss, double Plies, double Result);
