using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Formats.Tests.Weights;

public class ModelWeightsTests
{
    static Sequential Net(long seed)
    {
        var model = new Sequential(new Conv2D(2, 3) { Name = "c" }, new BatchNormalization { Name = "b" }, new Flatten(), new Dense(5) { Name = "d" }) { Name = "net", Seed = seed };
        model.BuildFor([5, 5, 1]);
        return model;
    }

    static void Same(Model expected, Model actual)
    {
        foreach (var (a, b) in expected.GetWeights().Zip(actual.GetWeights())) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
    }

    [Fact]
    public void Weights_are_found_under_either_name_and_turned_as_the_name_says()
    {
        var (net, other) = (Net(1), Net(2));
        var report = ModelWeights.Load(other, ModelWeights.Save(net));
        Same(net, other);
        Assert.Equal(["c/kernel", "c/bias", "b/gamma", "b/beta", "b/moving_mean", "b/moving_variance", "d/kernel", "d/bias"], report.Loaded);
        Assert.Equal(report.Loaded, report.Sources);

        other = Net(3);
        report = ModelWeights.Load(other, TorchWeights.Save(net));
        Same(net, other);
        Assert.Equal(["c.weight", "c.bias", "b.weight", "b.bias", "b.running_mean", "b.running_var", "d.weight", "d.bias"], report.Sources);

        other = Net(4);
        using var file = new TemporaryFile("a.onnx");
        OnnxFile.Export(file.Path, net, [5, 5, 1]);
        report = ModelWeights.Load(other, WeightFile.Read(file.Path), partly: true); // the normalization is folded into numbers of its own
        Assert.Equal(["c/kernel", "c/bias", "d/kernel", "d/bias"], report.Loaded.Except(["b/gamma", "b/beta", "b/moving_mean", "b/moving_variance"]));
        foreach (var path in report.Loaded) Assert.Equal(ModelWeights.Save(net)[path].ToArray<float>(), ModelWeights.Save(other)[path].ToArray<float>());
    }

    [Fact]
    public void By_order_names_tell_the_layout_alone()
    {
        var net = Net(1);
        var torch = TorchWeights.Save(net).Select((t, i) => ($"{i}.{t.Key.Split('.')[1]}", t.Value)).ToDictionary();
        torch.Add("1.num_batches_tracked", 3);
        var other = Net(2);
        ModelWeights.Load(other, torch, byOrder: true);
        Same(net, other);
        var ours = ModelWeights.Save(net).Select((t, i) => ($"{i}/{t.Key.Split('/')[1]}", t.Value)).ToDictionary();
        other = Net(3);
        ModelWeights.Load(other, ours, byOrder: true);
        Same(net, other);
    }

    [Fact]
    public void What_is_missing_or_left_over_is_an_error_with_the_list_unless_asked_for_and_nothing_is_loaded()
    {
        var (net, other) = (Net(1), Net(2));
        var tensors = ModelWeights.Save(net).Where(t => t.Key != "d/bias").Append(new("x", Tensor.Scalar(1))).ToDictionary();
        var before = other.GetWeights();
        Assert.Equal("Weights: 1 weight missing ('d/bias'), 1 tensor left over ('x').", Assert.Throws<StrataException>(() => ModelWeights.Load(other, tensors)).Message);
        Assert.Equal(before[0].ToArray<float>(), other.GetWeights()[0].ToArray<float>());
        var report = ModelWeights.Load(other, tensors, partly: true);
        Assert.Equal(["d/bias"], report.Missing);
        Assert.Equal(["x"], report.LeftOver);
        Assert.Equal(7, report.Loaded.Count);

        Assert.Equal(
            "Weights: no tensor fits 'net'; it needs 'c/kernel', 'c/bias', 'b/gamma', 'b/beta', 'b/moving_mean', 'b/moving_variance', 'd/kernel', 'd/bias', there are 'x'.",
            Assert.Throws<StrataException>(() => ModelWeights.Load(other, new Dictionary<string, Tensor> { ["x"] = 1 }, partly: true)).Message);
        Assert.Contains("there are none", Assert.Throws<StrataException>(() => ModelWeights.Load(other, new Dictionary<string, Tensor>(), partly: true)).Message);

        tensors["c/kernel"] = Tensor.Zeros([4, 4]);
        Assert.Equal("Weights: 'c/kernel' is [4, 4], which does not fit the weight 'c/kernel' [3, 3, 1, 2].", Assert.Throws<StrataException>(() => ModelWeights.Load(other, tensors, partly: true)).Message);
    }
}
