using System.Numerics.Tensors;
using Strata.Data;
using Strata.Gallery.Language.Embeddings;

namespace Strata.Bench.Words;

/// <summary>The loss of negative sampling on a text that nobody trained on, for vectors of any origin: the same positions, windows and negative samples for all.</summary>
internal static class HeldOutLoss
{
    /// <summary>The mean of −ln σ(v′_w·h) − Σ ln σ(−v′_n·h) over the predictions of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="training">The text that was trained on: whence the counts for thinning out and for negative samples.</param>
    /// <param name="options">Architecture, window, negatives and subsampling.</param>
    /// <param name="input">The vectors v.</param>
    /// <param name="output">The vectors v′.</param>
    public static double Of(WordCorpus text, WordCorpus training, Word2VecOptions options, WordVectors input, WordVectors output)
    {
        var random = new System.Random(1);
        var keep = Subsampling.KeepProbabilities(training, options.Subsampling, options.SubsamplingRule);
        var noise = new AliasTable([.. training.Counts.ToArray().Select(c => Math.Pow(c, 0.75))]);
        var (v, o) = (Rows(training.Words, input), Rows(training.Words, output));
        var d = input.Dimension;
        var (sum, count) = (0.0, 0L);
        var sentence = new List<int>();
        var mean = new float[d];
        foreach (var token in text.Tokens.Span)
        {
            if (token != WordCorpus.EndOfSentence)
            {
                var word = text.Words[token];
                if (training.Words.Contains(word) && training.Words[word] is var w && random.NextDouble() < keep[w]) sentence.Add(w);
                continue;
            }

            for (var i = 0; i < sentence.Count; i++)
            {
                var radius = 1 + random.Next(options.Window);
                var around = Enumerable.Range(i - radius, (2 * radius) + 1).Where(j => j != i && j >= 0 && j < sentence.Count).Select(j => sentence[j]).ToArray();
                if (around.Length == 0) continue;
                if (options.Architecture == Word2VecArchitecture.SkipGram)
                {
                    foreach (var word in around) Add(v.AsSpan(word * d, d), sentence[i]);
                    continue;
                }

                Array.Clear(mean);
                foreach (var word in around) TensorPrimitives.Add(mean, v.AsSpan(word * d, d), mean);
                TensorPrimitives.Divide(mean, around.Length, mean);
                Add(mean, sentence[i]);
            }

            sentence.Clear();
        }

        return sum / count;

        void Add(ReadOnlySpan<float> h, int word)
        {
            sum += Softplus(-TensorPrimitives.Dot(h, o.AsSpan(word * d, d)));
            for (var k = 0; k < options.Negatives; k++)
                if (noise.Draw((ulong)random.NextInt64() << 1) is var n && n != word) sum += Softplus(TensorPrimitives.Dot(h, o.AsSpan(n * d, d)));
            count++;
        }
    }

    static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    // In the order of the training text's words.
    static float[] Rows(Vocabulary words, WordVectors vectors)
    {
        var rows = new float[words.Count * vectors.Dimension];
        var values = vectors.Vectors.AsSpan<float>();
        for (var i = 0; i < words.Count; i++) values.Slice(vectors.Words[words[i]] * vectors.Dimension, vectors.Dimension).CopyTo(rows.AsSpan(i * vectors.Dimension));
        return rows;
    }
}
