using System.Text.Json;
using Strata.Formats.Weights;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Tests.Vision;

/// <summary>Logits and numbers of weights are those of Reference/make_keras_logits.py, which gives weights by a formula to each layer's name.</summary>
public class KerasClassifierTests
{
    static readonly Dictionary<string, Func<KerasClassifier>> networks = new()
    {
        ["xception"] = () => new Xception(10),
        ["inception_resnet_v2"] = () => new InceptionResNetV2(10),
        ["nasnet_mobile"] = () => NasNet.NasNetMobile(10),
    };

    /// <summary>Weights under the names of a file of Keras 2, which numbers the layers that were given no name.</summary>
    static Dictionary<string, Tensor> Arrays(Model net)
    {
        var numbers = new Dictionary<string, int>();
        var names = new Dictionary<string, string>(); // by path of the layer
        var file = new Dictionary<string, Tensor>();
        foreach (var (path, value) in ModelWeights.Save(net))
        {
            var parts = path.Split('/');
            var (place, layer, weight) = (string.Join('/', parts[..^1]), parts[^2], parts[^1]);
            if (!names.TryGetValue(place, out var name))
            {
                var stem = layer.StartsWith("conv2d_", StringComparison.Ordinal) ? "conv2d" : layer.StartsWith("batch_normalization_", StringComparison.Ordinal) ? "batch_normalization" : null;
                names[place] = name = stem is null ? layer : $"{stem}_{numbers[stem] = numbers.GetValueOrDefault(stem) + 1}";
            }

            file[$"{name}/{name}/{weight}:0"] = Formula(name, weight, value.Shape);
        }

        return file;
    }

    static Tensor Formula(string layer, string weight, Shape shape)
    {
        var seed = $"{layer}/{weight}".Select((c, k) => (k + 1) * c).Sum() % 101;
        var scale = weight == "depthwise_kernel" ? Math.Sqrt(1.0 / shape[..2].Size) : weight.Contains("kernel", StringComparison.Ordinal) ? Math.Sqrt(4.0 / shape[..^1].Size) : 0;
        var period = new float[101];
        for (var i = 0; i < 101; i++)
        {
            var v = ((((37 * i) + seed) % 101) - 50) / 50.0;
            period[i] = (float)(scale > 0 ? v * scale : weight == "gamma" ? 1 + (v / 5) : weight == "moving_variance" ? 1 + (v / 2) : v / 10);
        }

        var values = new float[shape.Size];
        for (var i = 0; i < values.Length; i += 101) period.AsSpan(0, Math.Min(101, values.Length - i)).CopyTo(values.AsSpan(i));
        return Tensor.From(values, shape);
    }

    static Tensor Image(int height, int width) => Tensor.From([.. Enumerable.Range(0, height * width * 3).Select(i => (float)Math.Sin(.11 * i))], [1, height, width, 3]);

    // What Keras prints of its networks with 1000 classes: all weights and those that learn. One class more costs a weight for each feature and a bias.
    [Theory]
    [InlineData("xception", 22_910_480, 22_855_952, 10, 2048)]
    [InlineData("inception_resnet_v2", 55_873_736, 55_813_192, 8, 1536)]
    [InlineData("nasnet_mobile", 5_326_716, 5_289_978, 7, 1056)]
    public void Numbers_of_weights_shapes_and_logits_are_those_of_Keras(string name, long weights, long learned, int side, int features)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vision", "Reference", "keras_logits.json")));
        var reference = json.RootElement.GetProperty(name);
        var net = networks[name]();
        net.BuildFor([net.InputSize, net.InputSize, 3]);
        Assert.Equal(weights, net.ParameterCount + (990 * (features + 1)));
        Assert.Equal(learned, net.TrainableWeights.Sum(w => w.Shape.Size) + (990 * (features + 1)));
        Assert.Equal(Shape.Of(side, side, features), net.Layers[^2].OutputShape);
        Assert.Equal(Shape.Of(10), net.OutputShape);

        var report = net.LoadKeras(Arrays(net));
        Assert.Empty(report.Missing);
        Assert.Empty(report.LeftOver);
        var size = reference.GetProperty("image").EnumerateArray().Select(e => e.GetInt32()).ToArray();
        var expected = reference.GetProperty("logits").EnumerateArray().Select(e => e.GetDouble()).ToArray();
        var logits = net.Apply(Image(size[0], size[1])).ToArray<float>();
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < 10; i++) Assert.Equal(expected[i], logits[i], 3e-5 * largest);
    }

    [Fact]
    public void The_large_NASNet_has_as_many_weights_as_Keras_s()
    {
        var net = NasNet.NasNetLarge();
        net.BuildFor([32, 32, 3]);
        Assert.Equal((88_949_818, 88_753_150), (net.ParameterCount, net.TrainableWeights.Sum(w => w.Shape.Size)));
        Assert.Equal(84_916_818, net.ParameterCount - net.GetLayer("predictions").ParameterCount);
    }

    [Fact]
    public void Without_the_top_the_features_remain()
    {
        var mobile = NasNet.NasNetMobile(includeTop: false);
        Assert.Equal(Shape.Of(2, 1, 2, 1056), mobile.Apply(Tensor.Zeros([2, 32, 64, 3])).Shape);
        Assert.Equal(4_269_716, mobile.ParameterCount);
        var xception = new Xception(includeTop: false);
        Assert.Equal(Shape.Of(1, 4, 3, 2048), xception.Apply(Tensor.Zeros([1, 119, 71, 3])).Shape);
        Assert.Equal(20_861_480, xception.ParameterCount);
    }

    [Fact]
    public void Saved_weights_give_the_same_logits()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        try
        {
            NasNet first = NasNet.NasNetMobile(3), second = NasNet.NasNetMobile(3);
            var logits = first.Apply(Image(32, 32)).ToArray<float>();
            Assert.NotEqual(logits, second.Apply(Image(32, 32)).ToArray<float>());
            first.SaveWeights(path);
            second.LoadWeights(path);
            Assert.Equal(logits, second.Apply(Image(32, 32)).ToArray<float>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Published_files_of_NASNet_call_one_layer_otherwise()
    {
        var net = NasNet.NasNetMobile(10, includeTop: false);
        net.BuildFor([32, 32, 3]);
        var file = Arrays(net).ToDictionary(a => a.Key.Replace("reduction_right1_", "reduction_1_", StringComparison.Ordinal), a => a.Value);
        Assert.Contains("separable_conv_1_reduction_1_stem_1/separable_conv_1_reduction_1_stem_1/depthwise_kernel:0", file.Keys);
        Assert.Empty(net.LoadKeras(file).Missing);
    }

    [Fact]
    public void Images_that_are_too_small_are_an_error()
    {
        static string Message(KerasClassifier net, int height, int width) => Assert.Throws<LayerException>(() => net.BuildFor([height, width, 3])).Message;
        Assert.Equal("Layer 'xception' (Xception): the images must be [n, height, width, 3] of at least 71 × 71, but they are [1, 70, 80, 3].", Message(new Xception(), 70, 80));
        Assert.Contains("at least 75 × 75, but they are [1, 80, 74, 3].", Message(new InceptionResNetV2(), 80, 74), StringComparison.Ordinal);
        Assert.Contains("at least 32 × 32, but they are [1, 31, 31, 3].", Message(NasNet.NasNetLarge(), 31, 31), StringComparison.Ordinal);
        Assert.Throws<LayerException>(() => new Xception().Apply(Tensor.Zeros([299, 299, 3])));
    }

    [Fact]
    public void A_residual_sum_scales_the_chain_and_not_the_shortcut()
    {
        var x = Tensor.From([1f, -2, 3, 4], [1, 2, 2, 1]);
        Assert.Equal([1.75f, -3.5f, 5.25f, 7], new ResidualSum("a", [new Lambda(t => t * 3)], scale: .25).Apply(x).ToArray<float>());
        Assert.Equal([1f, 0, 3, 4], InceptionBlocks.Residual("c", 1, 0, [[InceptionBlocks.Unit(2, 1)]]).Apply(x, new CallContext()).ToArray<float>()); // scale 0: ReLU of the input
        var sum = new ResidualSum("b", [new Lambda(t => t * t), new Lambda(t => t + 2)], [new Lambda(t => t * 4)]); // x² + 2 + 4x
        Assert.Equal([7f, -2, 23, 34], sum.Apply(x).ToArray<float>());
    }

    [Fact]
    public void A_factorized_reduction_takes_cells_at_even_and_at_odd_places()
    {
        var layer = new FactorizedReduction("1", 2);
        layer.Apply(Tensor.Zeros([1, 3, 4, 1]));
        // Kernels, γ and the running variance of 1 − ε are 1, the rest 0.
        layer.SetWeights([.. layer.Weights.Select(w => w.Name.EndsWith("beta", StringComparison.Ordinal) || w.Name.EndsWith("mean", StringComparison.Ordinal) ? Tensor.Zeros(w.Shape)
            : Tensor.Full(w.Shape, w.Name.EndsWith("variance", StringComparison.Ordinal) ? 1 - 1e-3 : 1))]);
        var y = layer.Apply(Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11, 12], [1, 3, 4, 1]));
        Assert.Equal(Shape.Of(1, 2, 2, 2), y.Shape);
        float[] expected = [1, 6, 3, 8, 9, 0, 0, 0]; // −11 is cut by ReLU, and zeros lie behind the last row
        var actual = y.ToArray<float>();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }
}
