using System.Text;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Numbers the words of a text in the order of their appearance and counts them, in one pass.</summary>
sealed class WordCorpusBuilder
{
    const int LongestWord = 1000; // characters; more is no text of words

    readonly Dictionary<string, int> numbers = [];
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    readonly List<string> words = [];
    readonly List<long> counts = [];
    int[] tokens = new int[1024];
    int length;

    public WordCorpusBuilder() => lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of different words.</summary>
    public int Words => words.Count;

    public void Add(ReadOnlySpan<char> word)
    {
        if (!lookup.TryGetValue(word, out var number))
        {
            number = words.Count;
            words.Add(word.ToString());
            counts.Add(0);
            numbers.Add(words[number], number);
        }

        counts[number]++;
        Append(number);
    }

    public void EndSentence()
    {
        if (length > 0 && tokens[length - 1] != WordCorpus.EndOfSentence) Append(WordCorpus.EndOfSentence);
    }

    public void AddText(DataFile file)
    {
        using var reader = new StreamReader(file.Content, Encoding.UTF8);
        var buffer = new char[1 << 16];
        var held = 0; // characters of a word that the last block cut
        while (reader.Read(buffer, held, buffer.Length - held) is var read and > 0)
        {
            var text = buffer.AsSpan(0, held + read);
            var start = 0;
            for (var i = held; i < text.Length; i++)
            {
                if (text[i] > ' ' && !char.IsWhiteSpace(text[i])) continue;
                if (i > start) Add(text[start..i]);
                if (text[i] is '\n' or '\r') EndSentence();
                start = i + 1;
            }

            text[start..].CopyTo(buffer);
            held = text.Length - start;
            if (held > LongestWord) throw new DataFileException(file.Path, $"a word has more than {LongestWord} characters; expected words with white space between them");
        }

        if (held > 0) Add(buffer.AsSpan(0, held));
        EndSentence();
    }

    public WordCorpus Build(int minCount) => WordCorpus.Ordered(words, counts, tokens.AsSpan(0, length), minCount);

    void Append(int token)
    {
        if (length == tokens.Length)
            Array.Resize(ref tokens, length < Array.MaxLength ? (int)Math.Min(2L * length, Array.MaxLength) : throw new StrataException($"WordCorpus: the text has more than {Array.MaxLength} words; train on parts of it."));
        tokens[length++] = token;
    }
}
