using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Softmax of a linear map of the pixels: the baseline that a convolutional network must leave behind.</summary>
public static class LinearClassifier
{
    /// <summary>The classifier for images of any shape; the output is probabilities.</summary>
    public static Sequential Create(long seed, int classes = 10) => new(new Flatten(), new Dense(classes, Activation.Softmax)) { Seed = seed };
}
