using Strata.Data;

namespace Strata.Gallery.Language.Translation;

/// <summary>Puts words in place of unknown ones: for each the translation, by a dictionary, of the word that was looked at most, or that word itself
/// (Luong, Pham and Manning 2015, section 4.1; Luong, Sutskever and others 2015).</summary>
public sealed class UnknownWords
{
    readonly Dictionary<string, Dictionary<string, int>> links = new(StringComparer.Ordinal); // of a source word: with which target words, how often
    readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>Learns from the words of a sentence and its translation, and where in the sentence each comes from.</summary>
    public void Learn(IReadOnlyList<string> source, IReadOnlyList<string> target, IReadOnlyList<int> places)
    {
        for (var t = 0; t < target.Count; t++)
        {
            var word = source[places[t]];
            if (!links.TryGetValue(word, out var own)) links[word] = own = new(StringComparer.Ordinal);
            own[target[t]] = own.GetValueOrDefault(target[t]) + 1;
            counts[target[t]] = counts.GetValueOrDefault(target[t]) + 1;
        }
    }

    /// <summary>The translation of a word; the word itself if none was learned. Of the words that it was linked with that one which is more often linked with it
    /// than with others (Dice's coefficient): the most frequent alone would be an article.</summary>
    public string this[string word]
    {
        get
        {
            if (!links.TryGetValue(word, out var own)) return word;
            var total = own.Values.Sum();
            return own.OrderByDescending(c => 2.0 * c.Value / (total + counts[c.Key])).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;
        }
    }

    /// <summary>A translation without unknown words.</summary>
    /// <param name="tokens">The translation.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <param name="attention">For each token how much was looked at each place.</param>
    /// <param name="source">The words at these places.</param>
    public string[] Replace(IReadOnlyList<int> tokens, Vocabulary vocabulary, IReadOnlyList<double[]> attention, IReadOnlyList<string> source) =>
        [.. tokens.Select((token, t) => token == SentencePair.Unknown ? this[source[LargestOf(attention[t])]] : vocabulary[token])];

    internal static int LargestOf(double[] x) => Array.IndexOf(x, x.Max());
}
