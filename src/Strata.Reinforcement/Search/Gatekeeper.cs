namespace Strata.Reinforcement.Search;

/// <summary>Decides whether a new network takes the place of the best one: it must win more than a share of a match (Silver et al. 2017:
/// 55 % of 400 games). Draws, which Go with a fractional komi does not have, count for nobody.</summary>
/// <param name="share">The share of decided games.</param>
public sealed class Gatekeeper(double share = 0.55)
{
    /// <summary>Matches so far.</summary>
    public int Matches { get; private set; }

    /// <summary>How often the new network was let in.</summary>
    public int Accepted { get; private set; }

    /// <summary>Whether the new network, whose result this is, is let in.</summary>
    public bool Accepts(MatchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Matches++;
        var accepted = result.Wins > share * (result.Wins + result.Losses);
        if (accepted) Accepted++;
        return accepted;
    }
}
