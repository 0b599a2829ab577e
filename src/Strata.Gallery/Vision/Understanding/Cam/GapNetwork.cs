using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>Networks that end as Zhou et al. 2015 (arXiv:1512.04150, section 2) have it: a convolution, global average pooling and one dense layer, whose weights tell which
/// feature maps speak for a class.</summary>
public static class GapNetwork
{
    /// <summary>The small network of the quick preset: <see cref="MiniTrunk"/> without its last pooling, and 64 feature maps, a quarter of the picture.</summary>
    /// <param name="classes">The number of probabilities.</param>
    /// <param name="seed">Of the first weights.</param>
    public static Sequential Create(int classes, long seed) => new([new Lambda(x => x - .5) { Name = "center" }, .. MiniTrunk.Layers().SkipLast(1), .. Head(64), .. Top(classes)]) { Seed = seed };

    /// <summary>VGG-16 without its fifth pooling and its dense layers, with 1,024 feature maps of 14 × 14 for pictures of 224 × 224: 20,459,304 weights for 1,000 classes.</summary>
    /// <param name="classes">The number of probabilities.</param>
    /// <param name="channels">Feature maps of the head; the authors' code has 1,024.</param>
    public static Sequential CreateVgg16(int classes = 1000, int channels = 1024)
    {
        var features = (Sequential)Vgg.Vgg16(includeTop: false).Layers[0];
        features.Pop();
        return new([features, .. Head(channels), .. Top(classes)]);
    }

    static Layer[] Head(int channels) =>
        [new Conv2D(channels, 3, padding: Padding.Same) { Name = "cam_conv", KernelInitializer = Initializer.HeNormal }, new ReLU { Name = "cam_relu" }];

    static Layer[] Top(int classes) => [new GlobalAveragePooling2D { Name = "gap" }, new Dense(classes, Activation.Softmax) { Name = "classes" }];
}
