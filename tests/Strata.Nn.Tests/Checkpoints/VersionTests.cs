using System.Text;
using Strata.Random;

namespace Strata.Nn.Tests.Checkpoints;

/// <summary>Files that version 1 of the formats wrote load for good. Those in the folder Version1 are kept as they are; what is written now must load alike.</summary>
public sealed class VersionTests : IDisposable
{
    const string Kept = "kept", Now = "written now";
    static readonly Tensor images = Tensor.Linspace(-1, 1, 4 * 36).Reshape(4, 6, 6, 1).Keep();
    static readonly Tensor classes = Tensor.From([0, 2, 1, 2]).Keep();
    static readonly Tensor rows = new RandomStream(1).Normal([20, 3]).Keep();

    readonly string folder = Directory.CreateTempSubdirectory("strata-version-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Sequential Images()
    {
        var model = new Sequential(
            new Conv2D(2, 3, activation: Activation.Relu), new BatchNormalization(), new MaxPooling2D(2), new Flatten(), new Dropout(.25), new Dense(3, Activation.Softmax))
        {
            Seed = 3,
            Name = "images",
        };
        model.Compile(new Adam(.01), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        return model;
    }

    static Model Sequences()
    {
        var (tokens, facts) = (new Input([4], DType.Int32) { Name = "tokens" }, new Input([2]) { Name = "facts" });
        var read = tokens.Then(new Embedding(7, 3, maskZero: true) { SparseGradient = false }, new LSTM(2) { Name = "reader" });
        return new Model([tokens, facts], new Concatenate().Apply([read, facts]).Then(new Dense(1) { KernelRegularizer = Regularizer.L2() })) { Seed = 5, Name = "sequences" };
    }

    static Sequential Regression()
    {
        var model = new Sequential(new Dense(4, Activation.Tanh), new Dense(1)) { Seed = 7 };
        model.Compile(new SGD(.1, momentum: .9), Loss.MeanSquaredError);
        return model;
    }

    History Train(string checkpoint, int epochs) => Regression().Fit(rows, rows.Sum(1, keepDims: true), batchSize: 6, epochs: epochs, checkpoint: checkpoint, verbose: false);

    /// <summary>A file that is kept, or as it is written now. Those that are kept were written here once.</summary>
    string File(string name, string which)
    {
        if (which == Kept)
        {
            // A copy, as training replaces its checkpoint.
            var copy = Path.Combine(folder, name);
            System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Version1", name), copy);
            return copy;
        }

        var path = Path.Combine(folder, name);
        Sequential Trained()
        {
            var model = Images();
            model.TrainOnBatch(images, classes);
            return model;
        }

        if (name == "weights.strata") Trained().SaveWeights(path, new Dictionary<string, string> { ["recipe"] = "kept" });
        else if (name == "images.strata") Trained().Save(path);
        else if (name == "sequences.strata") Sequences().Save(path);
        else if (name == "sequences.json") System.IO.File.WriteAllText(path, Sequences().ToJson());
        else Train(path, 2);
        return path;
    }

    [Theory]
    [InlineData(Kept)]
    [InlineData(Now)]
    public void Weights_with_notes(string which)
    {
        var path = File("weights.strata", which);
        Assert.Equal("kept", Model.ReadNotes(path)["recipe"]);
        var model = Images();
        model.BuildFor([6, 6, 1]);
        Assert.Equal(8, model.LoadWeights(path).Loaded.Count);
        Check.Close([.3319513, .3286433, .3394054], model.Predict(images)[0], 1e-5);
    }

    [Theory]
    [InlineData(Kept)]
    [InlineData(Now)]
    public void A_model_with_its_optimizer(string which)
    {
        var model = Model.Load(File("images.strata", which));
        Assert.Equal("images", model.Name);
        Assert.Equal(1, model.Optimizer.Iterations);
        Check.Close([.3319513, .3286433, .3394054], model.Predict(images)[0], 1e-5);
        Check.Close(1.1351798, model.TrainOnBatch(images, classes)["loss"], 1e-5);
    }

    [Theory]
    [InlineData(Kept)]
    [InlineData(Now)]
    public void A_graph_of_layers(string which)
    {
        var model = Model.Load(File("sequences.strata", which));
        Assert.Equal(["tokens", "facts"], model.InputNames);
        Check.Close([.9013614, -1.200052], model.Predict([Tensor.From([1, 2, 0, 0, 3, 4, 5, 6], [2, 4]), Tensor.From([1f, -1, .5f, 2], [2, 2])])[0], 1e-5);
    }

    [Theory]
    [InlineData(Kept)]
    [InlineData(Now)]
    public void A_description(string which)
    {
        var json = System.IO.File.ReadAllText(File("sequences.json", which));
        Assert.Equal(Sequences().ToJson().ReplaceLineEndings("\n"), Model.FromJson(json).ToJson().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(Kept)]
    [InlineData(Now)]
    public void A_run_under_way(string which)
    {
        var whole = Train(Path.Combine(folder, "whole"), 3);
        var resumed = Train(File("run.ckpt", which), 3);
        Assert.Equal([0, 1, 2], resumed.Epochs);
        for (var epoch = 0; epoch < 3; epoch++) Check.Close(whole["loss"][epoch], resumed["loss"][epoch], 1e-4);
    }

    [Fact]
    public void Files_of_later_versions_are_told_in_one_sentence()
    {
        foreach (var name in (string[])["weights.strata", "run.ckpt"])
        {
            var path = File(name, Kept);
            var bytes = System.IO.File.ReadAllBytes(path);
            bytes[bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("\"version\":\"1\"")) + 11] = (byte)'2';
            System.IO.File.WriteAllBytes(path, bytes);
            var message = $"Checkpoint: '{path}' has the format version 2, but this program reads up to 1.";
            Check.Fails(message, () => Model.ReadNotes(path));
            Check.Fails(message, () => Model.Load(path));
            Check.Fails(message, () => Train(path, 3));
        }

        var json = System.IO.File.ReadAllText(File("sequences.json", Kept)).Replace("\"format_version\": 1", "\"format_version\": 2", StringComparison.Ordinal);
        Check.Fails("Model: the description has the format version 2, but this program reads up to 1.", () => Model.FromJson(json));
    }
}
