using Strata.Nn;
using Strata.Random;

namespace Strata.Bench.Workloads;

/// <summary>A language model of words: an embedding of 200, two LSTM layers of 200 units, a softmax over 10,000 words; 35 steps of 20 texts, SGD with the norm of
/// the gradients clipped at 5: one training step.</summary>
internal static class LanguageModel
{
    const int Steps = 35;
    const int Texts = 20;
    const int Units = 200;
    const int Words = 10_000;

    public static Workload LstmLm { get; } = new("lstm_lm", 3 * 2e-9 * Steps * Texts * ((2.0 * 2 * Units * 4 * Units) + (Units * Words)), () =>
    {
        LSTM Layer() => new(Units, returnSequences: true, recurrentActivation: Activation.Sigmoid);
        var model = new Sequential(new Embedding(Words, Units), Layer(), Layer(), new Dense(Words)) { Seed = 0 };
        model.Compile(new SGD(1.0) { ClipNorm = 5 }, new SparseCategoricalCrossentropy(fromLogits: true));
        var random = new RandomStream(0);
        var (words, next) = (random.Integers([Texts, Steps], 0, Words), random.Integers([Texts, Steps], 0, Words));
        return () => model.TrainOnBatch(words, next);
    });
}
