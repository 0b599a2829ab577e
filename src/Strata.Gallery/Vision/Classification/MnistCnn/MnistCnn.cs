using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>The small convolutional networks of the lecture notebooks.</summary>
public static class MnistCnn
{
    /// <summary>Two convolutions with pooling, a dense layer with dropout, ten probabilities; images [28, 28, 1].</summary>
    public static Sequential Create(long seed) => new(
        new Conv2D(16, 3, activation: Activation.Relu),    // [26, 26, 16]
        new MaxPooling2D(2),                               // [13, 13, 16]
        new Conv2D(32, 3, activation: Activation.Relu),    // [11, 11, 32]
        new MaxPooling2D(2),                               // [5, 5, 32]
        new Flatten(),
        new Dense(64, Activation.Relu),
        new Dropout(0.25),
        new Dense(10, Activation.Softmax)) { Seed = seed };

    /// <summary>The slide's network for color images: 3,113,618 weights on [32, 32, 3].</summary>
    public static Sequential CreateSlide(long seed) => new(
        new Conv2D(64, 2, activation: Activation.Relu),
        new MaxPooling2D(2),
        new Flatten(),
        new Dense(216),
        new Dropout(0.5),
        new Dense(10, Activation.Softmax)) { Seed = seed };
}
