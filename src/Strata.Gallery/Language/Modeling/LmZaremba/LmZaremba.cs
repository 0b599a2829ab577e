using Strata.Nn;

namespace Strata.Gallery.Language.Modeling;

/// <summary>A language model of two LSTMs whose dropout D acts upwards alone, never from step to step:
/// (i, f, o, g) = T(D(hₜ^{l−1}), hₜ₋₁^l) (section 3.2), so that what goes from an early input to a late output is corrupted L + 1 times, however far it goes.</summary>
public static class LmZaremba
{
    /// <summary>The network: words [n, t] → logits of the words that follow [n, t, vocabulary]. Its states are carried from batch to batch.</summary>
    /// <param name="vocabulary">The number of words.</param>
    /// <param name="units">The size of the embedding and of both LSTMs.</param>
    /// <param name="dropout">The share that D drops, anew at each step.</param>
    /// <param name="range">Weights begin uniform in ±this.</param>
    /// <param name="seed">The seed of weights and masks.</param>
    public static Sequential Create(int vocabulary, int units, double dropout, double range, long seed)
    {
        var initializer = new RandomUniform(-range, range);
        return new(
            new Embedding(vocabulary, units) { Initializer = initializer },             // hₜ⁰
            new Dropout(dropout),                                                       // D(hₜ⁰)
            Lstm(),                                                                     // hₜ¹
            new Dropout(dropout),                                                       // D(hₜ¹)
            Lstm(),                                                                     // hₜ²
            new Dropout(dropout),                                                       // D(hₜ²)
            new Dense(vocabulary) { KernelInitializer = initializer }) { Seed = seed }; // the softmax is in the loss

        LSTM Lstm() => new(units, recurrentActivation: Activation.Sigmoid, unitForgetBias: false, returnSequences: true, stateful: true)
        {
            KernelInitializer = initializer,
            RecurrentInitializer = initializer,
            BiasInitializer = initializer,
        };
    }

    /// <summary>The loss with which the published learning rates belong: summed over the steps of a window and averaged over the streams.</summary>
    /// <param name="model">The model.</param>
    /// <param name="optimizer">What changes its weights.</param>
    /// <param name="steps">Steps of a window.</param>
    public static void Compile(Model model, Optimizer optimizer, int steps) => model.Compile(optimizer, [CrossEntropy], [steps], [[CrossEntropy]]);

    /// <summary>e to the mean cross-entropy of the words of a text that is read from the start; states are forgotten before and after.</summary>
    /// <param name="model">A model that <see cref="Compile"/> prepared.</param>
    /// <param name="windows">The text.</param>
    public static double Perplexity(Sequential model, IBatches windows)
    {
        ResetStates(model);
        var logs = model.Evaluate(windows);
        ResetStates(model);
        return Math.Exp(logs[CrossEntropy.Name]);
    }

    /// <summary>Forgets the states: what comes is the start of a text.</summary>
    public static void ResetStates(Sequential model)
    {
        foreach (var layer in model.Layers.OfType<LSTM>()) layer.ResetStates();
    }

    static SparseCategoricalCrossentropy CrossEntropy { get; } = new(fromLogits: true);
}
