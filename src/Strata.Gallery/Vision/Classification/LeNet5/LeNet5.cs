using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>LeNet-5 as the lectures teach it: ReLU and max pooling, 61,706 weights.</summary>
/// <remarks>
/// The slide's input of 28×28 and its 400 inputs of the first dense layer do not fit each other: 16·5·5 = 400 needs 32×32, so the image is
/// padded with zeros to that. Without padding 16·4·4 = 256 remain, and 44,426 weights.
/// </remarks>
public static class LeNet5
{
    /// <summary>The network for images [28, 28, 1]; the output is 10 probabilities.</summary>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="pad">Zeros on each side of the image.</param>
    /// <param name="trainConvolutions">Whether the convolutions learn; frozen at random they are the control.</param>
    public static Sequential Create(long seed, int pad = 2, bool trainConvolutions = true) => new(
        new ZeroPadding2D(pad),                                                            // [32, 32, 1]
        new Conv2D(6, 5, activation: Activation.Relu) { Trainable = trainConvolutions },   // C1 [28, 28, 6]
        new MaxPooling2D(2),                                                               // S2 [14, 14, 6]
        new Conv2D(16, 5, activation: Activation.Relu) { Trainable = trainConvolutions },  // C3 [10, 10, 16]
        new MaxPooling2D(2),                                                               // S4 [5, 5, 16]
        new Flatten(),                                                                     //    [400]
        new Dense(120, Activation.Relu),                                                   // C5
        new Dense(84, Activation.Relu),                                                    // F6
        new Dense(10, Activation.Softmax)) { Seed = seed };
}
