using Strata.Nn;

namespace Strata.Gallery.Language.Translation;

/// <summary>How the stacked LSTMs of the translation systems are made.</summary>
/// <param name="Layers">LSTMs, one upon the other.</param>
/// <param name="Units">The size of each, and of the embedding below.</param>
/// <param name="Range">Weights begin uniform in ±this; null: as the library has it, forget gates open.</param>
/// <param name="Dropout">The share of each LSTM's input that is dropped in training, anew at each step.</param>
public sealed record DeepLstm(int Layers, int Units, double? Range = null, double Dropout = 0)
{
    /// <summary>How the embeddings begin; null: as the other weights.</summary>
    public Initializer? Words { get; init; }

    /// <summary>Whether training changes only the rows of the embeddings that a batch looks up.</summary>
    public bool SparseGradient { get; init; }

    /// <summary>How matrices begin.</summary>
    public Initializer KernelInitializer => Uniform ?? Initializer.GlorotUniform;

    /// <summary>The cells of an encoder or a decoder.</summary>
    public StackedRNNCells Cells()
    {
        return new StackedRNNCells([.. Enumerable.Range(0, Layers).Select(_ => Cell())]) { Dropout = Dropout };

        LSTMCell Cell() => new(Units, recurrentActivation: Activation.Sigmoid, unitForgetBias: Range is null)
        {
            KernelInitializer = KernelInitializer,
            RecurrentInitializer = Uniform ?? Initializer.Orthogonal,
            BiasInitializer = Uniform ?? Initializer.Zeros,
        };
    }

    /// <summary>The embedding of a vocabulary; padding is masked.</summary>
    public Embedding Embedding(int words) => new(words, Units, maskZero: true) { Initializer = Words ?? Uniform ?? Initializer.RandomUniform, SparseGradient = SparseGradient };

    /// <summary>What the softmax is applied to.</summary>
    public Dense Output(int words) => new(words) { KernelInitializer = KernelInitializer, BiasInitializer = Uniform ?? Initializer.Zeros };

    Initializer? Uniform => Range is { } range ? new RandomUniform(-range, range) : null;
}
