namespace Strata.Games.Go;

/// <summary>What rule sets of Go differ in. Scoring is by area, after two passes; stones on the board count as alive (Tromp–Taylor).</summary>
/// <param name="Komi">Points that white gets for moving second; a whole number allows a drawn game.</param>
/// <param name="Superko">Whether no board position may come back, whoever is to move (positional superko); otherwise only the
/// immediate recapture of a single stone is forbidden (simple ko), and a game may go round in longer cycles for ever.</param>
/// <param name="Suicide">Whether a group of two or more stones may take its own last liberty. A single stone never may: it would leave
/// the board as it was.</param>
public sealed record GoRules(double Komi = 7.5, bool Superko = true, bool Suicide = true)
{
    /// <summary>The logical rules of J. Tromp and B. Taylor: positional superko, suicide allowed, komi 7.5.</summary>
    public static GoRules TrompTaylor { get; } = new();

    /// <summary>Chinese rules as programs play them: positional superko, no suicide, komi 7.5.</summary>
    public static GoRules Chinese { get; } = new(Suicide: false);

    /// <summary>Area scoring with the simple ko rule and no suicide, komi 7.5.</summary>
    public static GoRules SimpleKo { get; } = new(Superko: false, Suicide: false);
}
