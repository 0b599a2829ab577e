using System.Globalization;
using Strata.Random;

namespace Strata.Data;

/// <summary>A language of 36 words and its translation word by word: a bijection of the words, of which eight are followed by a particle in the target,
/// and six, if asked, change places with the word after them.</summary>
/// <remarks>Tokens are those of <see cref="SentencePair"/>, the words 4 … 39, and in the target 3 is the particle.</remarks>
public sealed class LexicalTranslation
{
    /// <summary>The token that follows a fertile word in the target.</summary>
    public const int Particle = 3;

    const int First = 4, Words = 36, FertileWords = 8, SwappingWords = 6;

    readonly int[] images; // of word w at w − First
    readonly HashSet<int> fertile, swapping;

    /// <summary>Draws which word means which, and which are fertile and swap.</summary>
    /// <param name="random">Whence.</param>
    /// <param name="swap">Whether six words change places with the word after them.</param>
    public LexicalTranslation(RandomStream random, bool swap = false)
    {
        images = Shuffled();
        fertile = [.. Shuffled()[..FertileWords]];
        swapping = swap ? [.. Shuffled()[..SwappingWords]] : [];

        int[] Shuffled()
        {
            int[] words = [.. Enumerable.Range(First, Words)];
            random.Shuffle<int>(words);
            return words;
        }
    }

    /// <summary>The source's tokens.</summary>
    public static Vocabulary SourceVocabulary { get; } = new(["<pad>", "<begin>", "<end>", "<unk>", .. Named("s")], "<unk>");

    /// <summary>The target's tokens.</summary>
    public static Vocabulary TargetVocabulary { get; } = new(["<pad>", "<begin>", "<end>", "particle", .. Named("t")]);

    /// <summary>The words that change places with the word after them.</summary>
    public IReadOnlySet<int> Swapping => swapping;

    /// <summary>The words that are followed by a particle.</summary>
    public IReadOnlySet<int> Fertile => fertile;

    /// <summary>The translation of a sentence, with the place that each token comes from.</summary>
    /// <exception cref="StrataException">A token is no word.</exception>
    public SentencePair Translate(params int[] source)
    {
        if (Array.FindIndex(source, w => w is < First or >= First + Words) is >= 0 and var other)
            throw new StrataException($"LexicalTranslation: {source[other]} is no word; words are {First} … {First + Words - 1}.");
        var (target, alignment) = (new List<int>(), new List<int>());
        for (var i = 0; i < source.Length; i++)
        {
            if (swapping.Contains(source[i]) && i + 1 < source.Length)
            {
                Say(i + 1);
                Say(i);
                i++;
            }
            else
            {
                Say(i);
            }
        }

        return new SentencePair(source, [.. target], [.. alignment]);

        void Say(int place)
        {
            target.Add(images[source[place] - First]);
            alignment.Add(place);
            if (!fertile.Contains(source[place])) return;
            target.Add(Particle);
            alignment.Add(place);
        }
    }

    /// <summary>Sentences of words drawn alike, and their translations.</summary>
    /// <param name="count">How many.</param>
    /// <param name="shortest">The fewest words of a source.</param>
    /// <param name="longest">The most.</param>
    /// <param name="random">Whence.</param>
    public SentencePair[] Draw(int count, int shortest, int longest, RandomStream random)
    {
        if (shortest < 1 || longest < shortest) throw new StrataException($"LexicalTranslation: sentences of {shortest} … {longest} words cannot be drawn.");
        var pairs = new SentencePair[count];
        for (var i = 0; i < count; i++)
        {
            var source = new int[shortest + random.NextInt(longest - shortest + 1)];
            for (var j = 0; j < source.Length; j++) source[j] = First + random.NextInt(Words);
            pairs[i] = Translate(source);
        }

        return pairs;
    }

    static IEnumerable<string> Named(string prefix) => Enumerable.Range(First, Words).Select(w => prefix + w.ToString(CultureInfo.InvariantCulture));
}
