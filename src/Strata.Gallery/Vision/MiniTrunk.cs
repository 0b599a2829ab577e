using Strata.Nn;

namespace Strata.Gallery.Vision;

/// <summary>A small VGG, the stand-in for large trained networks where everything must be made in a minute: three blocks of two convolutions and a pooling, 16, 32 and 64
/// feature maps, each an eighth of the picture in the end; 72,304 weights for color pictures.</summary>
public static class MiniTrunk
{
    /// <summary>The layers: <c>block1_conv1</c>, <c>block1_norm1</c>, <c>block1_relu1</c> … <c>block3_pool</c>.</summary>
    /// <param name="normalize">Whether batch normalization stands behind each convolution, in place of its bias.</param>
    public static IEnumerable<Layer> Layers(bool normalize = true)
    {
        foreach (var (block, filters) in ((int, int)[])[(1, 16), (2, 32), (3, 64)])
        {
            for (var i = 1; i <= 2; i++)
            {
                yield return new Conv2D(filters, 3, padding: Padding.Same, useBias: !normalize) { Name = $"block{block}_conv{i}", KernelInitializer = Initializer.HeNormal };
                if (normalize) yield return new BatchNormalization(momentum: .9) { Name = $"block{block}_norm{i}" };
                yield return new ReLU { Name = $"block{block}_relu{i}" };
            }

            yield return new MaxPooling2D(2) { Name = $"block{block}_pool" };
        }
    }

    /// <summary>The trunk with global average pooling and one dense layer on it: probabilities of classes, for pictures in [0, 1].</summary>
    /// <param name="classes">How many.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="normalize">Whether there is batch normalization.</param>
    public static Sequential Classifier(int classes, long seed, bool normalize = true) =>
        new([new Lambda(x => x - .5) { Name = "center" }, .. Layers(normalize), new GlobalAveragePooling2D { Name = "gap" }, new Dense(classes, Activation.Softmax) { Name = "classes" }]) { Seed = seed };
}
