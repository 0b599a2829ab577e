namespace Strata.Data;

/// <summary>Words as the longest pieces of a vocabulary, from the left (Wu et al. 2016; as in BERT); pieces inside a word begin with <c>##</c>. Training joins the
/// pair that makes the corpus most probable: the highest count(ab)/(count(a)·count(b)) (Schuster and Nakajima 2012).</summary>
/// <param name="vocabulary">The pieces.</param>
/// <param name="unknown">What a word becomes that the pieces cannot spell.</param>
/// <param name="maxLength">Words of more characters are unknown.</param>
public sealed class WordPiece(IEnumerable<string> vocabulary, string unknown = "[UNK]", int maxLength = 100)
{
    /// <summary>What pieces inside a word begin with.</summary>
    public const string Inside = "##";

    readonly HashSet<string> pieces = [.. vocabulary];

    /// <summary>The pieces in ordinal order.</summary>
    public IReadOnlyList<string> Pieces => [.. pieces.Order(StringComparer.Ordinal)];

    /// <summary>Learns a vocabulary from words and how often they occur. Of equal pairs the first in ordinal order is taken.</summary>
    /// <param name="words">Words with their frequencies.</param>
    /// <param name="size">The most pieces, the characters included.</param>
    /// <param name="minFrequency">How often a pair must occur to be joined.</param>
    public static WordPiece Train(IEnumerable<KeyValuePair<string, int>> words, int size, int minFrequency = 2)
    {
        var corpus = words.Where(w => w.Key.Length > 0).Select(w => new TrainingWord(Symbols(w.Key), w.Value)).ToList();
        var found = corpus.SelectMany(w => w.Pieces).ToHashSet();
        var counts = new PairCounts(corpus);
        while (found.Count < size)
        {
            var (pair, count) = counts.Best((p, n) => n < minFrequency ? double.NegativeInfinity : (double)n / ((double)counts.Of(p.Left) * counts.Of(p.Right)));
            if (count < minFrequency) break;
            var joined = pair.Left + pair.Right[Inside.Length..];
            found.Add(joined);
            counts.Merge(pair, joined);
        }

        return new WordPiece(found);
    }

    /// <summary>The pieces of a word.</summary>
    public string[] Encode(string word)
    {
        if (word.Length > maxLength) return [unknown];
        var found = new List<string>();
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            while (end > start && !pieces.Contains(Piece(word, start, end))) end--;
            if (end == start) return [unknown];
            found.Add(Piece(word, start, end));
            start = end;
        }

        return [.. found];
    }

    /// <summary>The pieces of the words of a text, which are separated by white space.</summary>
    public string[] EncodeText(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Encode)];

    /// <summary>The text of pieces, with spaces between words.</summary>
    public static string Decode(IEnumerable<string> pieces) => string.Join(' ', pieces).Replace(" " + Inside, "");

    static string Piece(string word, int start, int end) => start == 0 ? word[..end] : Inside + word[start..end];

    static List<string> Symbols(string word) => [.. word.EnumerateRunes().Select((r, i) => i == 0 ? r.ToString() : Inside + r)];
}
