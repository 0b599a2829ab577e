namespace Strata.Data;

/// <summary>Words as sequences of frequent pieces (Sennrich, Haddow and Birch 2016): training joins the most frequent pair of neighboring symbols again and again, and
/// encoding repeats the merges in their order. The last piece of a word ends in <c>&lt;/w&gt;</c>.</summary>
public sealed class BytePairEncoding
{
    /// <summary>What marks the end of a word.</summary>
    public const string End = "</w>";

    readonly Dictionary<(string, string), int> ranks = [];

    /// <summary>The encoding of merges in their order.</summary>
    public BytePairEncoding(IEnumerable<(string Left, string Right)> merges)
    {
        Merges = [.. merges];
        for (var i = 0; i < Merges.Count; i++) ranks.TryAdd(Merges[i], i);
    }

    /// <summary>The merges, in the order in which they are made.</summary>
    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    /// <summary>Learns merges from words and how often they occur. Of equally frequent pairs the first in ordinal order is taken, so the result does not depend on the
    /// order of the words.</summary>
    /// <param name="words">Words with their frequencies.</param>
    /// <param name="merges">The most merges; fewer if no pair occurs twice any more.</param>
    /// <param name="minFrequency">How often a pair must occur.</param>
    public static BytePairEncoding Train(IEnumerable<KeyValuePair<string, int>> words, int merges, int minFrequency = 2)
    {
        var corpus = words.Where(w => w.Key.Length > 0).Select(w => new TrainingWord(Symbols(w.Key), w.Value)).ToList();
        var pairs = new PairCounts(corpus);
        var found = new List<(string, string)>();
        while (found.Count < merges && pairs.Best((pair, count) => count) is var (best, frequency) && frequency >= minFrequency)
        {
            found.Add(best);
            pairs.Merge(best, best.Left + best.Right);
        }

        return new BytePairEncoding(found);
    }

    /// <summary>The pieces of a word.</summary>
    public string[] Encode(string word)
    {
        if (word.Length == 0) return [];
        var pieces = Symbols(word);
        while (true)
        {
            var (best, at) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < pieces.Count; i++)
                if (ranks.TryGetValue((pieces[i], pieces[i + 1]), out var rank) && rank < best) (best, at) = (rank, i);
            if (at < 0) return [.. pieces];
            pieces = TrainingWord.Merged(pieces, Merges[best], Merges[best].Left + Merges[best].Right);
        }
    }

    /// <summary>The pieces of the words of a text, which are separated by white space.</summary>
    public string[] EncodeText(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Encode)];

    /// <summary>The text of pieces, with a space after each word but the last.</summary>
    public static string Decode(IEnumerable<string> pieces) => string.Concat(pieces).Replace(End, " ").TrimEnd(' ');

    // Characters outside the basic plane are two chars that belong together.
    static List<string> Symbols(string word)
    {
        var symbols = word.EnumerateRunes().Select(r => r.ToString()).ToList();
        symbols[^1] += End;
        return symbols;
    }
}
