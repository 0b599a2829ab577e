using Strata.Data;
using Strata.Formats.Arrays;
using Strata.Formats.Metrics;
using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Formats.Reports;
using Strata.Formats.Weights;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/guide.md</c> on files and on looking at runs.</summary>
public sealed class GuideFilesExamples : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-guide-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Sequential Net()
    {
        var model = new Sequential(new Conv2D(4, 3, activation: Activation.Relu), new Flatten(), new Dense(3, Activation.Softmax)) { Seed = 1 };
        model.BuildFor([6, 6, 1]);
        return model;
    }

    static void Same(Model a, Model b)
    {
        foreach (var (x, y) in a.GetWeights().Zip(b.GetWeights())) Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void A_whole_model()
    {
        var model = Net();
        var path = folder + "/model.strata";
        model.Save(path);                // layers, weights and, once it is compiled, the optimizer with its state
        var loaded = Model.Load(path);

        Same(model, loaded);
        Assert.Equal(model.Summary(), loaded.Summary());
    }

    [Fact]
    public void Weights_alone()
    {
        var (model, path) = (Net(), folder + "/weights.strata");
        model.SaveWeights(path);
        var other = model.Clone(); // the same layers with fresh weights
        other.LoadWeights(path);                                            // each weight must be there, and none be left over
        var report = other.LoadWeights(path, WeightMatching.ByName);        // what has the same name; the report tells the rest
        Console.WriteLine($"{report.Loaded.Count} loaded, missing: {string.Join(", ", report.Missing)}");

        Same(model, other);
        Assert.Equal(4, report.Loaded.Count);
        Assert.Empty(report.Missing);
    }

    [Fact]
    public void Arrays()
    {
        var tensors = new Dictionary<string, Tensor> { ["x"] = Tensor.Arange(6).Reshape(2, 3), ["y"] = Tensor.From(1f, 2f) };
        Npz.Write(folder + "/data.npz", tensors);                     // numpy.load reads it
        Safetensors.Write(folder + "/data.safetensors", tensors);
        var x = Npz.Read(folder + "/data.npz")["x"];
        var y = Safetensors.Read(folder + "/data.safetensors").Tensors["y"];

        Assert.Equal([0, 1, 2, 3, 4, 5], x.ToArray<int>());
        Assert.Equal([1f, 2f], y.ToArray<float>());
    }

    [Fact]
    public void Weights_of_PyTorch()
    {
        var (model, path) = (Net(), folder + "/net.pth");
        TorchFile.Write(path, TorchWeights.Save(model));          // torch.load reads it: conv2d_1.weight [4, 1, 3, 3], …
        var other = model.Clone(); // the same layers with fresh weights
        var report = ModelWeights.Load(other, WeightFile.Read(path)); // any format; names and layouts of PyTorch are translated

        Same(model, other);
        Assert.Equal(["conv2d_1.weight", "conv2d_1.bias", "dense_1.weight", "dense_1.bias"], report.Sources);
        Assert.Equal(Shape.Of(4, 1, 3, 3), TorchFile.Read(path)["conv2d_1.weight"].Shape);
    }

    [Fact]
    public void Onnx()
    {
        var (model, path) = (Net(), folder + "/net.onnx");
        OnnxFile.Export(path, model, [6, 6, 1]);
        var imported = OnnxFile.Import(path);
        var images = new RandomStream(1).Uniform([2, 6, 6, 1]);
        Console.WriteLine((imported.Predict(images) - model.Predict(images)).Abs().Max());

        Assert.True((imported.Predict(images) - model.Predict(images)).Abs().Max().Item() < 1e-6);
    }

    [Fact]
    public void A_run_that_can_be_looked_at()
    {
        var (model, digits) = (new Sequential(new Flatten(), new Dense(10, Activation.Softmax)) { Seed = 1 }, GlyphDigits.Load(train: 200, test: 50));
        var run = folder + "/runs/mine";
        model.Compile(new Adam(), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        model.Fit(digits.Train.Batch(20), epochs: 3, validation: digits.Test.Batch(50), callbacks: [new RunLogger(run)], verbose: false);
        new Report("Digits").Model("Classifier", model).Save(Path.Combine(run, "report.html"));

        Assert.Contains("val_acc", File.ReadAllText(Path.Combine(run, "metrics.jsonl")));
        Assert.Contains("dense_1", File.ReadAllText(Path.Combine(run, "report.html")));
    }

    [Fact]
    public void A_layer_of_ones_own_in_a_saved_model()
    {
        CustomObjects.Register("ScaleAndShift", _ => new ScaleAndShift());
        var model = new Sequential(new Input([3]), new ScaleAndShift(), new Dense(1)) { Seed = 1 };
        model.Save(folder + "/own.strata");
        var loaded = Model.Load(folder + "/own.strata");

        Same(model, loaded);
    }

    [Fact]
    public void Where_time_goes()
    {
        var model = Net();
        var images = new RandomStream(1).Uniform([8, 6, 6, 1]);
        var forward = Compiled.Function((Tensor x) => model.Apply(x));
        forward(images);
        Console.WriteLine(Compiled.Plan(forward)); // its steps, with types and memory

        Assert.Contains("Convolution", Compiled.Plan(forward).ToString());
    }
}
