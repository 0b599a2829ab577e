using Strata.Nn;

namespace Strata.Gallery.Vision.Classification;

/// <summary>The networks of Srivastava, Greff and Schmidhuber 2015 (arXiv:1507.06228): y = H(x, W_H)·T(x, W_T) + x·(1 − T(x, W_T)).   (3)
/// A plain layer changes the width, highway layers keep it; the output is probabilities.</summary>
public static class HighwayNetwork
{
    /// <summary>The width of highway layers in the study of depth; <see cref="PlainUnits"/> gives plain layers as many weights.</summary>
    public const int Blocks = 50, PlainUnits = 71;

    /// <summary>Fully connected: a plain layer, depth − 1 highway layers of 50 blocks, softmax (section 3.1).</summary>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="depth">Layers before the softmax.</param>
    /// <param name="gateBias">The first b_T: 1 − σ(b_T) of a layer's input is carried.</param>
    /// <param name="activation">The name of the function in H: <c>relu</c> or <c>tanh</c>.</param>
    /// <param name="classes">10 or 100.</param>
    public static Sequential Create(long seed, int depth, double gateBias, string activation = "relu", int classes = 10) =>
        Stack(seed, depth, First(activation, Blocks), () => new Highway(activation, gateBias) { KernelInitializer = InitializerOf(activation) }, classes);

    /// <summary>The control of equal depth: y = H(x, W_H), 71 units a layer.   (1)</summary>
    /// <inheritdoc cref="Create"/>
    public static Sequential CreatePlain(long seed, int depth, string activation = "relu") =>
        Stack(seed, depth, First(activation, PlainUnits), () => First(activation, PlainUnits), 10);

    /// <summary>Ten layers for MNIST (table 1): 38,986 weights of width 16, 151,690 of width 32; images [28, 28, 1].</summary>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="width">Channels.</param>
    public static Sequential CreateMnist(long seed, int width = 16) => new(
    [
        new Dropout(.2), Convolution(width, 5, Padding.Valid),                             // [24, 24, w]
        .. Highways(2, -1), new CeilingMaxPooling2D(3),                                    // [12, 12, w]
        new Dropout(.3), .. Highways(3, -1), new CeilingMaxPooling2D(3),                   // [6, 6, w]
        new Dropout(.4), .. Highways(3, -1), new CeilingMaxPooling2D(2),                   // [3, 3, w]
        new Dropout(.5), new Flatten(), Classifier(10),
    ]) { Seed = seed };

    /// <summary>"Highway B", 19 layers for CIFAR (tables 2 and 3): 2,256,838 weights with 10 classes; images [32, 32, 3].</summary>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="classes">10 or 100.</param>
    public static Sequential CreateCifar(long seed, int classes = 10) => new(
    [
        new Dropout(.2), Convolution(32, 3, Padding.Same), .. Highways(4, -2), new MaxPooling2D(2),    // [16, 16, 32]
        new Dropout(.2), Convolution(80, 3, Padding.Same), .. Highways(5, -2), new MaxPooling2D(2),    // [8, 8, 80]
        new Dropout(.2), Convolution(128, 3, Padding.Same), .. Highways(5, -2),
        Convolution(100, 1, Padding.Valid), new AveragePooling2D(8),                                   // [1, 1, 100]
        new Dropout(.2), new Flatten(), Classifier(classes),
    ]) { Seed = seed };

    /// <summary>"Highway A", 11 layers for CIFAR (table 2): 236,328 weights. The paper gives depth and size; the widths are this project's.</summary>
    /// <inheritdoc cref="CreateCifar"/>
    public static Sequential CreateSmallCifar(long seed, int classes = 10) => new(
    [
        Convolution(16, 3, Padding.Same), .. Highways(2, -1), new MaxPooling2D(2),
        Convolution(32, 3, Padding.Same), .. Highways(2, -1), new MaxPooling2D(2),
        Convolution(64, 3, Padding.Same), .. Highways(2, -1), new GlobalAveragePooling2D(),
        First("relu", 250), Classifier(classes),
    ]) { Seed = seed };

    /// <summary>"Highway C", 32 layers of 3×3 and 1×1 windows in turns for CIFAR (table 2): 1,264,502 weights where the paper says about 1.25 million. The
    /// paper gives depth and size; the widths are this project's.</summary>
    /// <inheritdoc cref="CreateCifar"/>
    public static Sequential CreateDeepCifar(long seed, int classes = 10) => new(
    [
        new Dropout(.2), Convolution(32, 3, Padding.Same), .. Alternating(9), new MaxPooling2D(2),     // [16, 16, 32]
        new Dropout(.2), Convolution(64, 3, Padding.Same), .. Alternating(9), new MaxPooling2D(2),     // [8, 8, 64]
        new Dropout(.2), Convolution(96, 3, Padding.Same), .. Alternating(9),
        Convolution(100, 1, Padding.Valid), new AveragePooling2D(8),                                   // [1, 1, 100]
        new Dropout(.2), new Flatten(), Classifier(classes),
    ]) { Seed = seed };

    static Sequential Stack(long seed, int depth, Layer first, Func<Layer> next, int classes) =>
        new([new Flatten(), first, .. Enumerable.Range(1, depth - 1).Select(_ => next()), new Dense(classes, Activation.Softmax)]) { Seed = seed };

    static Layer First(string activation, int units) => new Dense(units, activation) { KernelInitializer = InitializerOf(activation) };

    static IEnumerable<Layer> Highways(int count, double gateBias) => Enumerable.Range(0, count).Select(_ => Highway(3, gateBias));

    // After a plain layer of 3×3: the advice for gates is −3 at about 30 layers (section 3.2 of arXiv:1505.00387).
    static IEnumerable<Layer> Alternating(int count) => Enumerable.Range(0, count).Select(i => Highway(i % 2 == 0 ? 1 : 3, -3));

    static HighwayConv2D Highway(int window, double gateBias) =>
        new(window, gateBias: gateBias) { KernelInitializer = Initializer.HeNormal, KernelRegularizer = Decay };

    static Conv2D Convolution(int filters, int window, Padding padding) =>
        new(filters, window, padding: padding, activation: Activation.Relu) { KernelInitializer = Initializer.HeNormal, KernelRegularizer = Decay };

    static Dense Classifier(int classes) => new(classes, Activation.Softmax) { KernelRegularizer = Decay };

    static Initializer InitializerOf(string activation) => activation == "relu" ? Initializer.HeNormal : Initializer.GlorotUniform;

    static Regularizer Decay => Regularizer.L2(.001 / 2); // a gradient of .001·w
}
