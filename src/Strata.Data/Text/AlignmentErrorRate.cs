namespace Strata.Data;

/// <summary>How far links between the words of sentences are from sure (S) and possible (P ⊇ S) ones of people: 1 − (|A∩S| + |A∩P|)/(|A| + |S|)
/// (Och and Ney 2003), counted over a corpus; 0 … 1.</summary>
public sealed class AlignmentErrorRate
{
    long right, total;

    /// <summary>The rate of what was added; NaN before the first link.</summary>
    public double Value => total == 0 ? double.NaN : 1 - ((double)right / total);

    /// <summary>Adds a sentence of which all gold links are sure.</summary>
    /// <param name="links">A: places (source, target).</param>
    /// <param name="sure">S.</param>
    /// <param name="possible">P beyond S; by default none.</param>
    public void Add(IEnumerable<(int Source, int Target)> links, IEnumerable<(int Source, int Target)> sure, IEnumerable<(int Source, int Target)>? possible = null)
    {
        var (a, s) = (links.ToHashSet(), sure.ToHashSet());
        var p = s.Union(possible ?? []).ToHashSet();
        right += a.Count(s.Contains) + a.Count(p.Contains);
        total += a.Count + s.Count;
    }

    /// <summary>Adds a sentence of which each token of the target has one link.</summary>
    /// <param name="links">For each token of the target a place in the source.</param>
    /// <param name="gold">For each the right place.</param>
    public void Add(IReadOnlyList<int> links, IReadOnlyList<int> gold) => Add(links.Select((s, t) => (s, t)), gold.Select((s, t) => (s, t)));
}
