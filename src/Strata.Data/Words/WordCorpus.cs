using Strata.Formats;

namespace Strata.Data;

/// <summary>A text for learning word vectors: its words by falling frequency, how often each occurs, and its sentences as numbers of words.</summary>
public sealed class WordCorpus
{
    /// <summary>Stands after each sentence of <see cref="Tokens"/>.</summary>
    public const int EndOfSentence = -1;

    readonly long[] counts;
    readonly int[] tokens;

    internal WordCorpus(Vocabulary words, long[] counts, int[] tokens) => (Words, this.counts, this.tokens) = (words, counts, tokens);

    /// <summary>The words, the most frequent first; equally frequent ones by first appearance.</summary>
    public Vocabulary Words { get; }

    /// <summary>How often each word occurs.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <summary>The sentences one after the other: numbers of words, and <see cref="EndOfSentence"/> after each sentence.</summary>
    public ReadOnlyMemory<int> Tokens => tokens;

    /// <summary>The length of the text in words.</summary>
    public long Length => counts.Sum();

    /// <summary>The corpus of sentences that are cut into words already.</summary>
    /// <param name="sentences">Sentences as words.</param>
    /// <param name="minCount">Words that occur less often are left out, as if they did not stand there.</param>
    /// <exception cref="StrataException">No word is left.</exception>
    public static WordCorpus Of(IEnumerable<IEnumerable<string>> sentences, int minCount = 1)
    {
        var builder = new WordCorpusBuilder();
        foreach (var sentence in sentences)
        {
            foreach (var word in sentence) builder.Add(word);
            builder.EndSentence();
        }

        return builder.Build(minCount);
    }

    /// <summary>Reads plain text in UTF-8, plain or gzip: words between white space, a line a sentence.</summary>
    /// <param name="path">The file.</param>
    /// <param name="minCount">Words that occur less often are left out, as if they did not stand there.</param>
    /// <exception cref="DataFileException">The file is missing, damaged or no text of words.</exception>
    public static WordCorpus Read(string path, int minCount = 5) => Read([path], minCount);

    /// <summary>Reads several files as <see cref="Read(string, int)"/> does one, as one text.</summary>
    /// <exception cref="DataFileException">A file is missing, damaged or no text of words.</exception>
    public static WordCorpus Read(IEnumerable<string> paths, int minCount = 5)
    {
        var builder = new WordCorpusBuilder();
        var names = paths.ToArray();
        foreach (var path in names)
        {
            using var file = DataFile.Open(path);
            builder.AddText(file);
        }

        return builder.Words > 0 ? builder.Build(minCount) : throw new DataFileException(string.Join(", ", names), "there is no word in it");
    }

    /// <summary>This text without its rarer words.</summary>
    /// <param name="minCount">How often a word must occur.</param>
    /// <exception cref="StrataException">No word is left.</exception>
    public WordCorpus WithMinCount(int minCount) => Ordered(Words.Decode(Enumerable.Range(0, Words.Count)), counts, tokens, minCount);

    /// <summary>The corpus of words in any order: sorts them by frequency and drops those below <paramref name="minCount"/> from the text.</summary>
    internal static WordCorpus Ordered(IReadOnlyList<string> words, IReadOnlyList<long> counts, ReadOnlySpan<int> tokens, int minCount)
    {
        var order = Enumerable.Range(0, words.Count).Where(w => counts[w] >= minCount && counts[w] > 0).OrderByDescending(w => counts[w]).ToArray();
        if (order.Length == 0) throw new StrataException($"WordCorpus: none of the {words.Count} words occurs {minCount} times or more.");
        var numbers = new int[words.Count];
        Array.Fill(numbers, EndOfSentence);
        for (var i = 0; i < order.Length; i++) numbers[order[i]] = i;
        var text = new int[tokens.Length + 1];
        var length = 0;
        foreach (var token in tokens)
            if (token >= 0 && numbers[token] >= 0) text[length++] = numbers[token];
            else if (token == EndOfSentence && length > 0 && text[length - 1] >= 0) text[length++] = EndOfSentence;
        if (text[length - 1] >= 0) text[length++] = EndOfSentence;
        return new(new Vocabulary(order.Select(w => words[w])), [.. order.Select(w => counts[w])], text[..length]);
    }
}
