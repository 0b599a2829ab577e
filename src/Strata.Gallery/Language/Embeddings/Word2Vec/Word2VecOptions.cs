using Strata.Data;

namespace Strata.Gallery.Language.Embeddings;

/// <summary>What predicts what.</summary>
public enum Word2VecArchitecture
{
    /// <summary>Each word around a position predicts the word there.</summary>
    SkipGram,

    /// <summary>The mean of the words around a position predicts the word there.</summary>
    ContinuousBagOfWords,
}

/// <summary>How word vectors are learned; the defaults are the published program's.</summary>
public sealed record Word2VecOptions
{
    /// <summary>What predicts what.</summary>
    public Word2VecArchitecture Architecture { get; init; } = Word2VecArchitecture.SkipGram;

    /// <summary>d, the length of a vector.</summary>
    public int Dimension { get; init; } = 100;

    /// <summary>C: the words around a position are those within R of it, R drawn anew from 1 … C for each.</summary>
    public int Window { get; init; } = 5;

    /// <summary>k, the words drawn for negative sampling; 0: hierarchical softmax instead.</summary>
    public int Negatives { get; init; } = 5;

    /// <summary>t, above which share of the text a word is thinned out; 0: none is.</summary>
    public double Subsampling { get; init; } = 1e-3;

    /// <summary>By which formula.</summary>
    public SubsamplingRule SubsamplingRule { get; init; } = SubsamplingRule.Program;

    /// <summary>Passes over the text.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>α₀, from which the learning rate falls linearly to 10⁻⁴ of it; null: 0.025, or 0.05 for the continuous bag of words.</summary>
    public double? LearningRate { get; init; }

    /// <summary>v begins uniform in ± this over d. The published program takes ½, gensim and fastText take 1, with which short texts are learned sooner.</summary>
    public double InitialRange { get; init; } = 0.5;

    /// <summary>Threads that train the same vectors without locks (Recht et al. 2011, "Hogwild!"). With one, the result follows from the seed; with more, from chance too.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The seed of everything random.</summary>
    public long Seed { get; init; } = 1;
}
