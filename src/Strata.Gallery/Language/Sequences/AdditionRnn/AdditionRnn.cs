using Strata.Nn;

namespace Strata.Gallery.Language.Sequences;

/// <summary>One LSTM reads the question and hands its last output to another, which writes the answer.</summary>
public static class AdditionRnn
{
    /// <summary>The network: one-hot questions [n, 2d + 1, 12] → probabilities of the answers' characters [n, d + 1, 12]. With 128 units it has
    /// 205,324 weights.</summary>
    /// <param name="digits">d, the most digits of a summand.</param>
    /// <param name="units">The size of both LSTMs.</param>
    /// <param name="seed">The seed of the weights.</param>
    public static Sequential Create(int digits, int units, long seed) => new(
        new LSTM(units),                               // [n, units]: what was asked
        new RepeatVector(digits + 1),                  // [n, d + 1, units]: said again for each character of the answer
        new LSTM(units, returnSequences: true),        // [n, d + 1, units]
        new TimeDistributed(new Dense(AdditionQuestions.Alphabet.Count, Activation.Softmax))) { Seed = seed };

    /// <summary>The control: the same, but what was asked is the mean of the characters, in which 12+34 is 21+43.</summary>
    /// <param name="digits">d, the most digits of a summand.</param>
    /// <param name="units">The size of the hidden layer and of the LSTM.</param>
    /// <param name="seed">The seed of the weights.</param>
    public static Sequential CreateWithoutOrder(int digits, int units, long seed) => new(
        new GlobalAveragePooling1D(),
        new Dense(units, Activation.Relu),
        new RepeatVector(digits + 1),
        new LSTM(units, returnSequences: true),
        new TimeDistributed(new Dense(AdditionQuestions.Alphabet.Count, Activation.Softmax))) { Seed = seed };
}
