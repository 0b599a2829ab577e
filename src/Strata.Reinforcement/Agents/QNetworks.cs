using Strata.Nn;

namespace Strata.Reinforcement;

/// <summary>The networks from states to the values of all actions.</summary>
public static class QNetworks
{
    /// <summary>The network of Mnih et al. (2015) on bytes [84, 84, 4].</summary>
    /// <param name="actions">How many actions there are.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="sharedBias">Whether the outputs share one bias, as in the tuned form of Double DQN.</param>
    public static Sequential Nature(int actions, long seed, bool sharedBias = false) => new(
        Scale(),
        new Conv2D(32, 8, strides: 4, activation: Activation.Relu),   // [20, 20, 32]
        new Conv2D(64, 4, strides: 2, activation: Activation.Relu),   // [9, 9, 64]
        new Conv2D(64, 3, activation: Activation.Relu),               // [7, 7, 64]
        new Flatten(),                                                // [3136]
        new Dense(512, Activation.Relu),
        sharedBias ? new SharedBiasDense(actions) : new Dense(actions)) { Seed = seed };

    /// <summary>The network of Mnih et al. (2013) on bytes [84, 84, 4]; also that of the asynchronous methods.</summary>
    /// <inheritdoc cref="Nature"/>
    public static Sequential Nips(int actions, long seed) => new(
        Scale(),
        new Conv2D(16, 8, strides: 4, activation: Activation.Relu),   // [20, 20, 16]
        new Conv2D(32, 4, strides: 2, activation: Activation.Relu),   // [9, 9, 32]
        new Flatten(),                                                // [2592]
        new Dense(256, Activation.Relu),
        new Dense(actions)) { Seed = seed };

    /// <summary>A network for games of 10×10 cells: a convolution of 3×3 to 16 channels and a layer of 128.</summary>
    /// <param name="actions">How many actions there are.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="bright">The byte that means 1: 255 for pixels, 1 for cells.</param>
    public static Sequential Grid(int actions, long seed, int bright = 1) => new(
        Scale(bright),
        new Conv2D(16, 3, activation: Activation.Relu),
        new Flatten(),
        new Dense(128, Activation.Relu),
        new Dense(actions)) { Seed = seed };

    /// <summary>A hidden layer on the pixels of games so small that a convolution would gain nothing.</summary>
    /// <param name="outputs">How many outputs there are.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="units">Of the hidden layer.</param>
    public static Sequential Pixels(int outputs, long seed, int units = 128) =>
        new(Scale(), new Flatten(), new Dense(units, Activation.Relu), new Dense(outputs)) { Seed = seed };

    /// <summary>Hidden layers on vectors.</summary>
    /// <param name="actions">How many actions there are.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="activation">Of the hidden layers.</param>
    /// <param name="units">Of each hidden layer.</param>
    public static Sequential Perceptron(int actions, long seed, Activation activation, params ReadOnlySpan<int> units)
    {
        var network = new Sequential { Seed = seed };
        foreach (var count in units) network.Add(new Dense(count, activation));
        network.Add(new Dense(actions));
        return network;
    }

    static Lambda Scale(int bright = 255) => new(x => x.Cast(DType.Float32) * (1.0 / bright)) { Name = "scale" };
}
