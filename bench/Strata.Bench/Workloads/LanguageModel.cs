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
        var random = new RandomStream(0);
        var (embedding, output) = (new Embedding(Words, Units), new Dense(Words));
        Lstm[] layers = [new(random), new(random)];
        var (words, next) = (random.Integers([Steps, Texts], 0, Words), random.Integers([Steps * Texts], 0, Words));
        Tensor Logits(Tensor x) => output.Apply(layers.Aggregate(embedding.Apply(x, training: true), (h, layer) => layer.Apply(h)).Reshape(Steps * Texts, Units), training: true);

        Logits(words); // builds the layers
        Variable[] weights = [.. embedding.TrainableWeights, .. layers.SelectMany(layer => layer.Weights), .. output.TrainableWeights];
        return Training.Step(new SGD(1.0) { ClipNorm = 5 }, weights, x => Training.CrossEntropy(Logits(x[0]), x[1]), words, next);
    });

    /// <summary>A layer [time, batch, units] → [time, batch, units] from single operations, as PyTorch computes it: the inputs' part of all steps is one
    /// product (Hochreiter and Schmidhuber 1997, with forget gates).</summary>
    sealed class Lstm(RandomStream random)
    {
        readonly Variable inputs = new(random.Uniform([Units, 4 * Units], -0.07, 0.07));
        readonly Variable recurrent = new(random.Uniform([Units, 4 * Units], -0.07, 0.07));
        readonly Variable bias = new(Tensor.Zeros([4 * Units]));

        public Variable[] Weights => [inputs, recurrent, bias];

        public Tensor Apply(Tensor x)
        {
            var fromInputs = (x.MatMul(inputs) + bias).Unstack();
            var h = Tensor.Zeros([Texts, Units]);
            var c = Tensor.Zeros([Texts, Units]);
            var states = new Tensor[Steps];
            for (var t = 0; t < Steps; t++)
            {
                var gates = (fromInputs[t] + h.MatMul(recurrent)).Split(4, 1);
                var (i, f, o) = (gates[0].Sigmoid(), gates[1].Sigmoid(), gates[3].Sigmoid());
                c = (f * c) + (i * gates[2].Tanh());
                states[t] = h = o * c.Tanh();
            }

            return Tensor.Stack(states, 0);
        }
    }
}
