using Strata.Random;

namespace Strata.Data;

/// <summary>A text of words drawn by Zipf's law, in which some pairs stand together many times as often as chance would have it.</summary>
/// <param name="Corpus">The text.</param>
/// <param name="Phrases">The pairs.</param>
public sealed record PlantedPhrases(WordCorpus Corpus, IReadOnlySet<(string First, string Second)> Phrases)
{
    /// <summary>Draws a text.</summary>
    /// <param name="length">Its words.</param>
    /// <param name="vocabulary">Different words.</param>
    /// <param name="phrases">Pairs; each of 2 words of its own, of middling frequency.</param>
    /// <param name="chance">After its first word a pair's second comes this many times as often as its frequency would make it.</param>
    /// <param name="random">Whence.</param>
    public static PlantedPhrases Draw(int length, int vocabulary, int phrases, double chance, RandomStream random)
    {
        const int FirstRank = 20, SentenceLength = 20;
        if (vocabulary < FirstRank + (2 * phrases)) throw new StrataException($"PlantedPhrases: {phrases} phrases need {FirstRank + (2 * phrases)} words at least, not {vocabulary}.");
        double[] shares = [.. Enumerable.Range(1, vocabulary).Select(rank => 1.0 / rank)];
        var (table, total) = (new AliasTable(shares), shares.Sum());
        var ranks = Enumerable.Range(FirstRank, 2 * phrases).ToArray();
        random.Shuffle<int>(ranks);
        var second = Enumerable.Range(0, phrases).ToDictionary(i => ranks[2 * i], i => ranks[(2 * i) + 1]);
        return new(WordCorpus.Of(Sentences()), second.Select(p => ($"w{p.Key}", $"w{p.Value}")).ToHashSet());

        IEnumerable<IEnumerable<string>> Sentences()
        {
            for (var start = 0; start < length; start += SentenceLength)
            {
                var sentence = new List<string>();
                for (var (i, word) = (0, -1); i < SentenceLength; i++)
                {
                    word = second.TryGetValue(word, out var next) && random.NextDouble() < chance * shares[next] / total
                        ? next
                        : table.Draw(random);
                    sentence.Add($"w{word}");
                }

                yield return sentence;
            }
        }
    }
}
