using Strata.Data;
using Strata.Nn;
using Strata.Random;
using Strata.Threading;

namespace Strata.Gallery.Language.Embeddings;

/// <summary>Word vectors by word2vec (Mikolov et al. 2013, 1301.3781 and 1310.4546): an input vector v and an output vector v′ for each word, trained to predict words from
/// those around them, by negative sampling (1310.4546, equation 4) or by a hierarchical softmax over a Huffman tree (equation 3).</summary>
public sealed class Word2Vec
{
    const double LeastRate = 1e-4; // of α₀

    readonly WordCorpus corpus;
    readonly VectorTable input, output;
    long done; // words read by all threads

    /// <summary>Untrained vectors: v uniform, v′ zero.</summary>
    /// <param name="corpus">The text.</param>
    /// <param name="options">How to learn.</param>
    public Word2Vec(WordCorpus corpus, Word2VecOptions options)
    {
        AtLeast(1, options.Dimension, nameof(options.Dimension));
        AtLeast(1, options.Window, nameof(options.Window));
        AtLeast(0, options.Negatives, nameof(options.Negatives));
        AtLeast(1, options.Epochs, nameof(options.Epochs));
        AtLeast(1, options.Threads, nameof(options.Threads));
        if (corpus.Words.Count < 2) throw new StrataException("Word2Vec: the text must have 2 different words at least.");
        (this.corpus, Options) = (corpus, options);
        var (words, d) = (corpus.Words.Count, options.Dimension);
        input = new(words, d) { Value = new RandomStream(options.Seed).Uniform([words, d], -options.InitialRange / d, options.InitialRange / d) };
        output = new(IsHierarchical ? words - 1 : words, d);
        Rate = options.LearningRate ?? (options.Architecture == Word2VecArchitecture.SkipGram ? 0.025 : 0.05);
        Keep = Subsampling.KeepProbabilities(corpus, options.Subsampling, options.SubsamplingRule);
        if (IsHierarchical) Tree = new HuffmanTree(corpus.Counts);
        else Noise = new AliasTable([.. corpus.Counts.ToArray().Select(c => Math.Pow(c, 0.75))]);
    }

    /// <summary>How the vectors are learned.</summary>
    public Word2VecOptions Options { get; }

    /// <summary>v, [words, d]: the word vectors.</summary>
    public Tensor Input
    {
        get => input.Value;
        internal set => input.Value = value;
    }

    /// <summary>v′, [words, d]; for the hierarchical softmax of the tree's inner nodes, [words − 1, d].</summary>
    public Tensor Output
    {
        get => output.Value;
        internal set => output.Value = value;
    }

    /// <summary>The words with their vectors v.</summary>
    public WordVectors Vectors => new(corpus.Words, Input);

    internal bool IsHierarchical => Options.Negatives == 0;

    internal ReadOnlySpan<int> Text => corpus.Tokens.Span;

    /// <summary>For each word the probability that an occurrence is kept.</summary>
    internal double[] Keep { get; }

    /// <summary>α₀.</summary>
    internal double Rate { get; }

    /// <summary>What negative samples are drawn from: the words' counts to the power of ¾.</summary>
    internal AliasTable? Noise { get; }

    internal HuffmanTree? Tree { get; }

    internal VectorTable InputTable => input;

    internal VectorTable OutputTable => output;

    /// <summary>Trains for all passes. Each thread takes a part of the text and changes the vectors of all without asking the others.</summary>
    /// <param name="watch">Told now and then which share of the work is done, from 0 to 1; on a thread that trains.</param>
    public void Train(Action<double>? watch = null)
    {
        done = 0;
        var seeds = new RandomStream(Options.Seed).Split(Options.Threads);
        var threads = seeds.Select((seed, i) => new Word2VecThread(this, Part(i), Part(i + 1), (ulong)seed.NextInt(int.MaxValue), i == 0 ? watch : null)).ToArray();
        Workers.Apart(threads.Length, i => threads[i].Run());

        int Part(int i) => (int)((long)corpus.Tokens.Length * i / Options.Threads);
    }

    /// <summary>Counts words that a thread has read.</summary>
    /// <returns>The share of the work that is done, by all threads.</returns>
    internal double Advance(int words) => Interlocked.Add(ref done, words) / ((double)Options.Epochs * corpus.Length);

    /// <summary>α: falls linearly with the work done.</summary>
    internal float RateAt(double share) => (float)(Rate * Math.Max(LeastRate, 1 - share));

    static void AtLeast(int least, int value, string name)
    {
        if (value < least) throw new StrataException($"Word2Vec: {name} must be at least {least}, but it is {value}.");
    }
}
