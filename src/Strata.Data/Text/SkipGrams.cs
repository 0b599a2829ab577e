using Strata.Random;

namespace Strata.Data;

/// <summary>Pairs of words that stand near each other, and pairs of words and others drawn at random, to learn embeddings from (Mikolov et al. 2013).</summary>
public static class SkipGrams
{
    /// <summary>The pairs (word, neighbor) with label 1 and pairs (word, any word) with label 0. Index 0 stands for no word and is passed over.</summary>
    /// <param name="sequence">Indices of words.</param>
    /// <param name="vocabularySize">Random words are drawn from 1 … size − 1.</param>
    /// <param name="windowSize">How far a neighbor may be.</param>
    /// <param name="negativeSamples">How many pairs with label 0 there are for one with label 1; 0 for none.</param>
    /// <param name="shuffle">Whether the pairs come in random order.</param>
    /// <param name="samplingTable">For each word the probability to be kept; see <see cref="SamplingTable"/>.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static (List<(int Word, int Other)> Couples, List<int> Labels) Of(
        IReadOnlyList<int> sequence, int vocabularySize, int windowSize = 4, double negativeSamples = 1, bool shuffle = true, IReadOnlyList<double>? samplingTable = null, long seed = 0)
    {
        var random = new RandomStream(seed);
        var (couples, labels) = (new List<(int, int)>(), new List<int>());
        for (var i = 0; i < sequence.Count; i++)
        {
            var word = sequence[i];
            if (word == 0 || (samplingTable is not null && samplingTable[word] < random.NextDouble())) continue;
            for (var j = Math.Max(0, i - windowSize); j < Math.Min(sequence.Count, i + windowSize + 1); j++)
                if (j != i && sequence[j] != 0) couples.Add((word, sequence[j]));
        }

        labels.AddRange(Enumerable.Repeat(1, couples.Count));
        if (negativeSamples > 0 && couples.Count > 0)
        {
            if (vocabularySize < 2) throw new ArgumentOutOfRangeException(nameof(vocabularySize), vocabularySize, "SkipGrams: to draw words, the vocabulary must have one besides 0.");
            var words = couples.Select(c => c.Item1).ToArray();
            random.Shuffle<int>(words);
            var count = (int)(couples.Count * negativeSamples);
            for (var i = 0; i < count; i++) couples.Add((words[i % words.Length], 1 + random.NextInt(vocabularySize - 1)));
            labels.AddRange(Enumerable.Repeat(0, count));
        }

        if (!shuffle) return (couples, labels);
        var order = Enumerable.Range(0, couples.Count).ToArray();
        random.Shuffle<int>(order);
        return ([.. order.Select(i => couples[i])], [.. order.Select(i => labels[i])]);
    }
}
