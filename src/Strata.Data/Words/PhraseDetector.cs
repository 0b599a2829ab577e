namespace Strata.Data;

/// <summary>Finds pairs of words that stand together far more often than by chance, and joins them to one: score(a, b) = (n_ab − δ)/(n_a·n_b), times the length of the
/// text as the published program has it (Mikolov et al. 2013, 1310.4546, equation 6). Several passes, with falling thresholds, make longer phrases.</summary>
public sealed class PhraseDetector
{
    readonly Dictionary<(string, string), double> phrases = [];

    /// <summary>Learns the phrases of a text.</summary>
    /// <param name="corpus">The text with all its words: one whose rare words were left out would make neighbors of words that are none.</param>
    /// <param name="discount">δ; words that occur less often make no phrase, either.</param>
    /// <param name="threshold">The score from which on a pair is a phrase, in multiples of chance.</param>
    /// <param name="joint">What stands between the words of a phrase.</param>
    public PhraseDetector(WordCorpus corpus, int discount = 5, double threshold = 100, string joint = "_")
    {
        Joint = joint;
        var pairs = new Dictionary<(int, int), int>();
        var before = WordCorpus.EndOfSentence;
        foreach (var word in corpus.Tokens.Span)
        {
            if (before >= 0 && word >= 0) pairs[(before, word)] = pairs.GetValueOrDefault((before, word)) + 1;
            before = word;
        }

        double length = corpus.Length;
        foreach (var ((a, b), count) in pairs)
        {
            var (countA, countB) = (corpus.Counts[a], corpus.Counts[b]);
            if (countA < discount || countB < discount) continue;
            var score = (count - discount) / (double)countA / countB * length;
            if (score > threshold) phrases.Add((corpus.Words[a], corpus.Words[b]), score);
        }
    }

    /// <summary>What stands between the words of a phrase.</summary>
    public string Joint { get; }

    /// <summary>The pairs that are phrases, with their scores.</summary>
    public IReadOnlyDictionary<(string First, string Second), double> Phrases => phrases;

    /// <summary>A sentence with its phrases joined, from the left; a word that ends a phrase does not begin another.</summary>
    public List<string> Join(IReadOnlyList<string> sentence)
    {
        var joined = new List<string>(sentence.Count);
        for (var i = 0; i < sentence.Count; i++)
            joined.Add(i + 1 < sentence.Count && phrases.ContainsKey((sentence[i], sentence[i + 1])) ? sentence[i] + Joint + sentence[++i] : sentence[i]);
        return joined;
    }

    /// <summary>A text with its phrases joined.</summary>
    public WordCorpus Join(WordCorpus corpus)
    {
        var joined = phrases.Keys.Where(p => corpus.Words.Contains(p.Item1) && corpus.Words.Contains(p.Item2))
            .ToDictionary(p => (corpus.Words[p.Item1], corpus.Words[p.Item2]), p => p.Item1 + Joint + p.Item2);
        var builder = new WordCorpusBuilder();
        var tokens = corpus.Tokens.Span;
        for (var i = 0; i < tokens.Length; i++)
            if (tokens[i] == WordCorpus.EndOfSentence) builder.EndSentence();
            else if (i + 1 == tokens.Length || !joined.TryGetValue((tokens[i], tokens[i + 1]), out var phrase)) builder.Add(corpus.Words[tokens[i]]);
            else
            {
                builder.Add(phrase);
                i++;
            }

        return builder.Build(minCount: 1);
    }
}
