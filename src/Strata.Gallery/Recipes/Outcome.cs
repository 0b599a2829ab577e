namespace Strata.Gallery;

/// <summary>What came of a run.</summary>
/// <param name="Verdicts">The claims, decided, in their order.</param>
/// <param name="Elapsed">The time that the run took.</param>
/// <param name="Directory">Where its files are.</param>
public sealed record Outcome(IReadOnlyList<Verdict> Verdicts, TimeSpan Elapsed, string Directory)
{
    /// <summary>Whether every claim was kept.</summary>
    public bool Kept => Verdicts.All(v => v.Kept);
}
