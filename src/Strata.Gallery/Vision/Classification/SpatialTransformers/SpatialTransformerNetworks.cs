using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>Networks for distorted digits, with and without a spatial transformer in front (Jaderberg et al. 2015, arXiv:1506.02025, section 4.1): the
/// localization network finds θ = f_loc(U), the grid takes the target's pixels to T_θ(G), and the sampler gives V, which the network reads instead of U.
/// Outputs are probabilities.</summary>
public static class SpatialTransformerNetworks
{
    /// <summary>Two hidden layers of 128 units on 42×42 pixels: 243,722 weights, or 82,680 with an affine transformer that shows it 20×20 pixels.</summary>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="transform">The maps of the transformer; null: no transformer.</param>
    public static Sequential CreateDense(long seed, SpatialTransform? transform = null) => new(
    [
        .. Transformer(transform, 20, Localization()), new Flatten(),
        new Dense(128, Activation.Relu), new Dense(128, Activation.Relu), new Dense(10, Activation.Softmax),
    ]) { Seed = seed };

    /// <summary>Two convolutions with pooling and a dense layer; the transformer shows them 28×28 pixels.</summary>
    /// <inheritdoc cref="CreateDense"/>
    public static Sequential CreateConvolutional(long seed, SpatialTransform? transform = null) => new(
    [
        .. Transformer(transform, 28, Localization()),
        new Conv2D(16, 3, activation: Activation.Relu), new MaxPooling2D(2), new Conv2D(32, 3, activation: Activation.Relu), new MaxPooling2D(2), new Flatten(),
        new Dense(64, Activation.Relu), new Dense(10, Activation.Softmax),
    ]) { Seed = seed };

    /// <summary>The convolutional network of the paper's table 1 (left): windows of 9×9 and 7×7 and a linear layer; the transformer keeps the size.</summary>
    /// <inheritdoc cref="CreateDense"/>
    public static Sequential CreatePaper(long seed, SpatialTransform? transform = null) => new(
    [
        .. Transformer(transform, null, new Sequential(
            new Conv2D(20, 5, activation: Activation.Relu), new MaxPooling2D(2), new Conv2D(20, 5, activation: Activation.Relu), new MaxPooling2D(2), new Flatten(),
            new Dense(20, Activation.Relu))),
        new Conv2D(32, 9, activation: Activation.Relu), new MaxPooling2D(2), new Conv2D(64, 7, activation: Activation.Relu), new MaxPooling2D(2), new Flatten(),
        new Dense(10, Activation.Softmax),
    ]) { Seed = seed };

    // f_loc on 42×42 pixels, without its last layer.
    static Sequential Localization() => new(
        new MaxPooling2D(2), new Conv2D(12, 5, activation: Activation.Relu),          // [17, 17, 12]
        new MaxPooling2D(2), new Conv2D(16, 5, activation: Activation.Relu),          // [4, 4, 16]
        new Flatten(), new Dense(32, Activation.Relu));

    static Layer[] Transformer(SpatialTransform? transform, Window? size, Sequential localization) =>
        transform is { } t ? [new SpatialTransformer(localization, size, t)] : [];
}
