using System.Text.Json;
using Strata.Formats.PyTorch;
using Strata.Gallery.Vision.Classification;
using Strata.Nn;

namespace Strata.Gallery.Tests.Vision;

/// <summary>The logits are torchvision's, for weights that a formula gives: see Reference/make_logits.py. The large networks are checked by
/// bench/peers/torchvision_nets.py.</summary>
public class ImageClassifierTests
{
    public static TheoryData<string> Networks => ["resnet18", "googlenet", "densenet121", "mobilenet_v2"];

    static ImageClassifier Create(string name, int classes = 10) => name switch
    {
        "resnet18" => ResNet.ResNet18(classes),
        "densenet121" => DenseNet.DenseNet121(classes),
        "mobilenet_v2" => new MobileNetV2(classes, alpha: .35),
        _ => new GoogLeNet(classes),
    };

    /// <summary>The state dictionary of the formula, in the layout of PyTorch.</summary>
    static Dictionary<string, Tensor> State(ImageClassifier net)
    {
        var state = new Dictionary<string, Tensor>();
        foreach (var (key, tensor) in TorchWeights.Save(net, net.TorchNames))
        {
            var number = state.Count;
            var fanIn = tensor.Rank > 1 ? tensor.Shape[1..].Size : 1;
            var v = Enumerable.Range(0, (int)tensor.Size).Select(i => Math.Sin((.37 * i) + number)).Select(s => (float)(tensor.Rank > 1 ? s * Math.Sqrt(3.0 / fanIn)
                : key.EndsWith("running_var", StringComparison.Ordinal) ? 1 + (s / 2)
                : key.EndsWith("weight", StringComparison.Ordinal) ? 1 + (s / 5)
                : s / 10));
            state[key] = Tensor.From([.. v], tensor.Shape);
        }

        return state;
    }

    static Tensor Image(int side) =>
        Tensor.From([.. Enumerable.Range(0, 3 * side * side).Select(i => (float)Math.Sin(.11 * i))], [1, 3, side, side]).Transpose(0, 2, 3, 1);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Logits_are_torchvision_s(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vision", "Reference", "logits.json")));
        var expected = json.RootElement.GetProperty(name).EnumerateArray().Select(e => e.GetDouble()).ToArray();
        var net = Create(name);
        net.BuildFor([64, 64, 3]);
        var report = TorchWeights.Load(net, State(net), net.TorchNames);
        Assert.Empty(report.Missing);
        Assert.Empty(report.LeftOver);
        var logits = net.Apply(Image(64)).ToArray<float>();
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < 10; i++) Assert.Equal(expected[i], logits[i], 1e-4 * largest);
    }

    [Fact]
    public void GoogLeNet_has_its_published_number_of_weights()
    {
        var net = new GoogLeNet();
        net.BuildFor([32, 32, 3]);
        Assert.Equal(6_624_904, net.TrainableWeights.Sum(w => w.Shape.Size));
    }

    [Fact]
    public void Without_the_top_the_features_remain()
    {
        Assert.Equal(Shape.Of(1, 2, 3, 512), ResNet.ResNet18(includeTop: false).Apply(Tensor.Zeros([1, 64, 96, 3])).Shape);
        Assert.Equal(Shape.Of(1, 2, 3, 1024), DenseNet.DenseNet121(includeTop: false).Apply(Tensor.Zeros([1, 64, 96, 3])).Shape);
        Assert.Equal(Shape.Of(1, 2, 3, 1280), new MobileNetV2(alpha: .35, includeTop: false).Apply(Tensor.Zeros([1, 64, 95, 3])).Shape);
        Assert.Equal(Shape.Of(1, 1, 1, 256), new AlexNet(includeTop: false).Apply(Tensor.Zeros([1, 64, 64, 3])).Shape);
    }

    [Fact]
    public void What_is_missing_or_left_over_is_an_error_unless_asked_for()
    {
        var net = new Sequential(new Conv2D(2, 3) { Name = "a" }, new Flatten(), new Dense(3) { Name = "b" });
        net.BuildFor([4, 5, 1]);
        var names = new TorchNames { Flattened = new Dictionary<string, (int, int)> { ["b.weight"] = (2, 3) } };
        var state = TorchWeights.Save(net, names).ToDictionary();
        Assert.Equal(["a.weight", "a.bias", "b.weight", "b.bias"], state.Keys);
        Assert.Equal(Shape.Of(2, 1, 3, 3), state["a.weight"].Shape);
        Assert.Equal(Shape.Of(3, 12), state["b.weight"].Shape);
        var before = net.GetWeights().SelectMany(w => w.ToArray<float>()).ToArray();
        TorchWeights.Load(net, state, names);
        Assert.Equal(before, net.GetWeights().SelectMany(w => w.ToArray<float>()));

        state.Remove("b.bias");
        state["c"] = Tensor.Scalar(1);
        Assert.Equal(
            "TorchWeights: 1 weight missing ('b.bias'), 1 tensor left over ('c').",
            Assert.Throws<StrataException>(() => TorchWeights.Load(net, state, names)).Message);
        var report = TorchWeights.Load(net, state, names, partly: true);
        Assert.Equal((3, "b.bias", "c"), (report.Loaded.Count, report.Missing.Single(), report.LeftOver.Single()));
        Assert.Contains("no tensor fits", Assert.Throws<StrataException>(() => TorchWeights.Load(net, new Dictionary<string, Tensor> { ["x"] = 1 })).Message);
        state["a.weight"] = Tensor.Zeros([2, 1, 5, 5]);
        Assert.Contains("'a.weight' is [2, 1, 5, 5], which does not fit", Assert.Throws<StrataException>(() => TorchWeights.Load(net, state, names, partly: true)).Message);
    }

    [Fact]
    public void Adaptive_pooling_cuts_as_PyTorch_does()
    {
        var x = Tensor.Arange(7).Reshape(1, 1, 7, 1).Cast(DType.Float32);
        Assert.Equal([1f, 3f, 5f], new AdaptiveAveragePooling2D(1, 3).Apply(x).ToArray<float>()); // 0…2, 2…4, 4…6
    }
}
