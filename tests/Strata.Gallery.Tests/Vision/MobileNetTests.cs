using System.Text.Json;
using Strata.Formats.Weights;
using Strata.Gallery.Vision.Classification;
using Strata.Memory;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Vision;

/// <summary>The logits are those of Reference/make_mobilenet.py, for weights that a formula gives.</summary>
public sealed class MobileNetTests
{
    /// <summary>The arrays of the formula in Keras's order, called as in its files.</summary>
    static Dictionary<string, Tensor> Weights(MobileNet net)
    {
        var arrays = new Dictionary<string, Tensor>();
        foreach (var (path, value) in ModelWeights.Save(net))
        {
            var (layer, weight) = (path[..path.IndexOf('/')], path[(path.IndexOf('/') + 1)..]);
            var fanIn = weight == "depthwise_kernel" ? 9 : value.Rank == 4 ? value.Shape[..3].Size : 1;
            var number = arrays.Count;
            var v = Enumerable.Range(0, (int)value.Size).Select(i => Math.Sin((37.0 * i * i) + number)).Select(v => (float)(weight switch
            {
                "kernel" or "depthwise_kernel" => 2 * v / Math.Sqrt(fanIn),
                "gamma" => 1 + (v / 5),
                "beta" => 3 + v,
                "moving_variance" => 1 + (v / 2),
                _ => v / 10,
            }));
            arrays[$"{layer}/{layer}/{weight}:0"] = Tensor.From([.. v], value.Shape);
        }

        return arrays;
    }

    static long Count(double alpha, bool learned)
    {
        using var scope = new TensorScope();
        var net = new MobileNet(alpha: alpha);
        net.BuildFor([32, 32, 3]);
        return (learned ? net.TrainableWeights : net.Weights).Sum(w => w.Shape.Size);
    }

    [Theory]
    [InlineData(.5, 1, 64, 64)]
    [InlineData(.25, 2, 64, 77)]
    public void Weights_of_Keras_find_their_places_and_give_the_logits_of_the_reference(double alpha, int multiplier, int height, int width)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vision", "Reference", "mobilenet.json")));
        var expected = json.RootElement.GetProperty(FormattableString.Invariant($"{alpha} {multiplier} {height} {width}")).EnumerateArray().Select(e => e.GetDouble()).ToArray();
        var net = new MobileNet(10, alpha, multiplier);
        net.BuildFor([height, width, 3]);
        var report = net.LoadKeras(Weights(net));
        Assert.Empty(report.Missing);
        Assert.Empty(report.LeftOver);
        var image = Tensor.From([.. Enumerable.Range(0, 3 * height * width).Select(i => (float)Math.Sin(.11 * i))], [1, height, width, 3]);
        var logits = net.Apply(image).ToArray<float>();
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < 10; i++) Assert.Equal(expected[i], logits[i], 1e-4 * largest);
    }

    [Theory]
    [InlineData(1, 4_253_864)]
    [InlineData(.75, 2_601_976)]
    [InlineData(.5, 1_342_536)]
    [InlineData(.25, 475_544)]
    public void It_has_Keras_s_numbers_of_weights(double alpha, int expected) => Assert.Equal(expected, Count(alpha, learned: false));

    [Fact]
    public void At_a_width_of_1_all_but_the_statistics_learn() => Assert.Equal(4_231_976, Count(1, learned: true));

    [Fact]
    public void A_width_that_leaves_no_channel_is_refused() =>
        Assert.Contains("MobileNet: alpha must be at least 1/32", Assert.Throws<ArgumentOutOfRangeException>(() => new MobileNet(alpha: .03)).Message);

    [Fact]
    public void Without_the_top_the_features_remain() =>
        Assert.Equal(Shape.Of(1, 2, 2, 256), new MobileNet(alpha: .25, includeTop: false).Apply(Tensor.Zeros([1, 64, 95, 3])).Shape);

    [Fact]
    public void A_step_of_training_reaches_every_weight() => ReachesEveryWeight(new MobileNet(2, alpha: .25) { Seed = 1 });

    internal static void ReachesEveryWeight(Model net)
    {
        net.BuildFor([32, 32, 3]);
        var before = net.GetWeights().Select(w => w.ToArray<float>()).ToArray();
        net.Compile(new Adam(), new SparseCategoricalCrossentropy(fromLogits: true));
        net.Fit(new RandomStream(1).Normal([4, 32, 32, 3]), Tensor.From(0, 1, 0, 1), verbose: false);
        var after = net.GetWeights();
        for (var i = 0; i < before.Length; i++) Assert.False(before[i].SequenceEqual(after[i].ToArray<float>()), net.Weights[i].Name);
    }
}
