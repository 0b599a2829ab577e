using Strata.Gallery.Vision.Classification;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests;

public sealed class HighwayTests
{
    [Theory]
    [InlineData(10, 85_660, 102_463)]
    [InlineData(20, 136_660, 153_583)]
    [InlineData(50, 289_660, 306_943)]
    [InlineData(100, 544_660, 562_543)]
    public void The_networks_of_the_study_of_depth_have_their_numbers_of_weights(int depth, int highway, int plain)
    {
        Assert.Equal(highway, Count(HighwayNetwork.Create(1, depth, -2), [28, 28, 1]));
        Assert.Equal(plain, Count(HighwayNetwork.CreatePlain(1, depth), [28, 28, 1]));
    }

    [Theory]
    [InlineData(16, 38_986)]
    [InlineData(32, 151_690)]
    public void The_network_for_MNIST_has_its_number_of_weights(int width, int expected) =>
        Assert.Equal(expected, Count(HighwayNetwork.CreateMnist(1, width), [28, 28, 1]));

    [Fact]
    public void The_networks_for_CIFAR_have_their_numbers_of_weights()
    {
        Assert.Equal(2_256_838, Count(HighwayNetwork.CreateCifar(1), [32, 32, 3]));
        Assert.Equal(2_265_928, Count(HighwayNetwork.CreateCifar(1, 100), [32, 32, 3]));
        Assert.Equal(236_328, Count(HighwayNetwork.CreateSmallCifar(1), [32, 32, 3]));
        Assert.Equal(1_264_502, Count(HighwayNetwork.CreateDeepCifar(1), [32, 32, 3]));
    }

    [Fact]
    public void Convolutional_gates_that_are_shut_copy_exactly_and_open_ones_are_the_plain_layer()
    {
        var (x, dy) = (new RandomStream(1).Normal([2, 4, 4, 3]), new RandomStream(2).Normal([2, 4, 4, 3]));
        HighwayConv2D shut = new(3, "tanh", -200), open = new(3, "tanh", 200);
        Assert.Equal(x.ToArray<float>(), shut.Apply(x).ToArray<float>());
        Assert.Equal(dy.ToArray<float>(), InputGradient(v => shut.Apply(v), x, dy).ToArray<float>());
        open.Apply(x);
        Close(H(x), open.Apply(x));
        Close(InputGradient(H, x, dy), InputGradient(v => open.Apply(v), x, dy));

        Tensor H(Tensor v) => (v.Convolution(open.Weights[0], [], Padding.Same, []) + open.Weights[1]).Tanh();
    }

    [Fact]
    public void A_shut_gate_copies_exactly_and_passes_gradients_unchanged()
    {
        var (x, dy) = (new RandomStream(1).Normal([3, 5]), new RandomStream(2).Normal([3, 5]));
        var layer = new Highway("tanh", gateBias: -200); // σ(−200) is 0 in float32
        Assert.Equal(x.ToArray<float>(), layer.Apply(x).ToArray<float>());
        Assert.Equal(dy.ToArray<float>(), InputGradient(v => layer.Apply(v), x, dy).ToArray<float>());
    }

    [Fact]
    public void An_open_gate_is_the_plain_layer()
    {
        var (x, dy) = (new RandomStream(1).Normal([3, 5]), new RandomStream(2).Normal([3, 5]));
        var layer = new Highway("tanh", gateBias: 200);
        layer.Apply(x);
        Tensor H(Tensor v) => (v.MatMul(layer.Weights[0]) + layer.Weights[1]).Tanh();
        Close(H(x), layer.Apply(x));
        Close(InputGradient(H, x, dy), InputGradient(v => layer.Apply(v), x, dy));
    }

    [Fact]
    public void The_gradient_of_a_gate_is_H_less_x()
    {
        var (x, dy) = (new RandomStream(1).Normal([3, 5]), new RandomStream(2).Normal([3, 5]));
        var layer = new Highway("tanh", gateBias: -1);
        layer.Apply(x);
        var t = layer.Gate(x);
        var h = (x.MatMul(layer.Weights[0]) + layer.Weights[1]).Tanh();
        var expected = ((h - x) * t * (1 - t) * dy).Sum(0); // through T = σ(… + b_T)
        var (_, gradients) = Gradient.ValueAndGradient(() => (layer.Apply(x) * dy).Sum(), [layer.Weights[3]]);
        Close(expected, gradients[0]);
    }

    [Theory]
    [InlineData(-2, .1192)]
    [InlineData(-4, .01799)]
    public void Gates_begin_at_the_sigmoid_of_their_bias(double bias, double expected)
    {
        var x = new RandomStream(1).Normal([500, 50], deviation: .1);
        var layer = new Highway(gateBias: bias);
        layer.Apply(x);
        Assert.Equal(expected, layer.Gate(x).Mean().Item(), expected * .02);
    }

    [Fact]
    public void A_lesioned_layer_is_a_deleted_layer()
    {
        var random = new RandomStream(1);
        var (x, labels) = (random.Uniform([8, 4, 4, 1]), random.Integers([8], 0, 10, DType.Int32));
        var network = HighwayNetwork.Create(1, 4, -1);
        var whole = LossOf(network.Layers);
        var (loss, lesioned) = new HighwayAnalysis(network).Lesions(x, labels);
        Assert.Equal(whole, loss, 1e-5);
        for (var i = 0; i < lesioned.Length; i++)
        {
            var rest = network.Layers.Where((_, l) => l != i + 2); // behind Flatten and the plain layer
            Assert.Equal(LossOf(rest), lesioned[i], 1e-5);
            Assert.NotEqual(loss, lesioned[i], 1e-6);
        }

        double LossOf(IEnumerable<Layer> layers) =>
            Loss.SparseCategoricalCrossentropy.PerExample(labels, layers.Aggregate(x, (v, l) => l.Apply(v))).Mean().Item();
    }

    [Fact]
    public void The_mean_gates_of_classes_average_to_those_of_all()
    {
        var x = new RandomStream(1).Uniform([8, 4, 4, 1]);
        var network = HighwayNetwork.Create(1, 3, -1);
        network.BuildFor([4, 4, 1]);
        var analysis = new HighwayAnalysis(network);
        var (ofTwo, _) = analysis.Means(x, Tensor.From([0, 1, 0, 1, 0, 1, 0, 1]), 2);
        var (all, y) = analysis.Means(x, Tensor.Zeros([8], DType.Int32), 1);
        Assert.Equal("[1, 2, 50]", y.Shape.ToString());
        Close(all[0], ofTwo.Mean(0));
    }

    static long Count(Model model, Shape image)
    {
        model.BuildFor(image);
        return model.ParameterCount;
    }

    static Tensor InputGradient(Func<Tensor, Tensor> f, Tensor x, Tensor dy)
    {
        f(x); // builds the layer
        return Gradient.Of(v => (f(v) * dy).Sum(), x);
    }

    static void Close(Tensor expected, Tensor actual)
    {
        var (e, a) = (expected.ToArray<float>(), actual.ToArray<float>());
        Assert.Equal(e.Length, a.Length);
        for (var i = 0; i < e.Length; i++) Assert.Equal(e[i], a[i], 1e-5f);
    }
}
