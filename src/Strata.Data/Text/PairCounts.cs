namespace Strata.Data;

/// <summary>How often pieces and pairs of neighbors occur in a corpus of words; a merge changes the counts of the words that it touches alone.</summary>
internal sealed class PairCounts
{
    readonly Dictionary<(string Left, string Right), long> pairs = [];
    readonly Dictionary<(string Left, string Right), HashSet<TrainingWord>> places = [];
    readonly Dictionary<string, long> pieces = [];

    public PairCounts(List<TrainingWord> corpus)
    {
        foreach (var word in corpus) Count(word, 1);
    }

    /// <summary>How often a piece occurs.</summary>
    public long Of(string piece) => pieces.GetValueOrDefault(piece);

    /// <summary>The pair of the highest score, and how often it occurs; of equal ones the first in ordinal order. (default, 0) if there is none.</summary>
    public ((string Left, string Right) Pair, long Count) Best(Func<(string Left, string Right), long, double> score)
    {
        (string Left, string Right) best = default;
        var (highest, count) = (double.NegativeInfinity, 0L);
        foreach (var (pair, n) in pairs)
        {
            var s = score(pair, n);
            if (s < highest || (s == highest && Compare(pair, best) >= 0)) continue;
            (best, highest, count) = (pair, s, n);
        }

        return (best, count);
    }

    /// <summary>Joins a pair wherever it stands.</summary>
    public void Merge((string Left, string Right) pair, string joined)
    {
        foreach (var word in places[pair].ToArray())
        {
            Count(word, -1);
            word.Pieces = TrainingWord.Merged(word.Pieces, pair, joined);
            Count(word, 1);
        }
    }

    void Count(TrainingWord word, int sign)
    {
        var amount = (long)sign * word.Count;
        for (var i = 0; i < word.Pieces.Count; i++)
        {
            pieces[word.Pieces[i]] = pieces.GetValueOrDefault(word.Pieces[i]) + amount;
            if (i + 1 == word.Pieces.Count) break;
            var pair = (word.Pieces[i], word.Pieces[i + 1]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + amount;
            if (pairs[pair] == 0) pairs.Remove(pair);
            if (!places.TryGetValue(pair, out var own)) places[pair] = own = [];
            if (sign > 0) own.Add(word);
            else own.Remove(word);
        }
    }

    static int Compare((string Left, string Right) a, (string Left, string Right) b) =>
        string.CompareOrdinal(a.Left, b.Left) is var order and not 0 ? order : string.CompareOrdinal(a.Right, b.Right);
}
