using System.Text;
using Strata.Random;

namespace Strata.Nn.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    static readonly Tensor x = new RandomStream(1).Normal([50, 4]).Keep();
    static readonly Tensor y = x.Sum(1, keepDims: true).Keep();

    readonly string folder = Directory.CreateTempSubdirectory("strata-checkpoint-").FullName;

    string File1 => Path.Combine(folder, "run.ckpt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Sequential Model(Optimizer? optimizer = null, int units = 6)
    {
        var model = new Sequential(new Dense(units, Activation.Tanh), new Dropout(.2), new BatchNormalization(), new Dense(1)) { Seed = 3 };
        model.Compile(optimizer ?? new Adam(0.01), Loss.MeanSquaredError, Loss.MeanAbsoluteError);
        return model;
    }

    [Fact]
    public void A_run_that_is_taken_up_in_the_middle_of_an_epoch_ends_alike()
    {
        var whole = Model();
        var expected = whole.Fit(x, y, batchSize: 8, epochs: 5, validationSplit: .2, verbose: false);

        var cut = Model();
        Callback stop = null!;
        stop = new LambdaCallback { BatchEnd = (step, _) => { if (stop.Run.Epoch == 2 && step == 3) throw new OperationCanceledException(); } };
        Assert.Throws<OperationCanceledException>(() => cut.Fit(
            x, y, batchSize: 8, epochs: 5, validationSplit: .2, callbacks: [stop], checkpoint: new Checkpointing(File1) { EverySteps = 2 }, verbose: false));

        var resumed = Model();
        var history = resumed.Fit(x, y, batchSize: 8, epochs: 5, validationSplit: .2, checkpoint: File1, verbose: false);
        Check.SameWeights(whole, resumed);
        foreach (var name in expected.Names) Assert.Equal(expected[name], history[name]);
        Assert.Equal(whole.Optimizer.Iterations, resumed.Optimizer.Iterations);
        Assert.Equal(whole.Random.State, resumed.Random.State);
    }

    [Fact]
    public void A_run_that_is_over_is_not_repeated_and_one_that_goes_further_is_continued()
    {
        var model = Model();
        model.Fit(x, y, epochs: 2, checkpoint: File1, verbose: false);
        var again = Model();
        Assert.Equal(2, again.Fit(x, y, epochs: 2, checkpoint: File1, verbose: false).Epochs.Count);
        Check.SameWeights(model, again);
        Assert.Equal([0, 1, 2], Model().Fit(x, y, epochs: 3, checkpoint: File1, verbose: false).Epochs);
        Assert.Equal([0], Model().Fit(x, y, epochs: 1, checkpoint: new Checkpointing(File1) { Resume = false }, verbose: false).Epochs);
    }

    [Fact]
    public void Callbacks_remember()
    {
        double[] series = [1, .9, .95, .96, .97];
        History Run(int epochs)
        {
            var feed = new LambdaCallback { EpochEnd = (epoch, logs) => logs["val_loss"] = series[epoch] };
            return Model().Fit(x, y, epochs: epochs, callbacks: [feed, new EarlyStopping(patience: 2)], checkpoint: File1, verbose: false);
        }

        Run(3); // one epoch without improvement so far
        Assert.Equal(4, Run(5).Epochs.Count);
    }

    [Fact]
    public void Weights_are_saved_and_loaded_under_the_names_of_their_layers()
    {
        var (a, b) = (Model(), new Sequential(new Dense(6, Activation.Tanh), new Dropout(.2), new BatchNormalization(), new Dense(1)) { Seed = 4 });
        a.Fit(x, y, verbose: false);
        a.SaveWeights(File1);
        b.BuildFor([4]);
        b.LoadWeights(File1);
        Check.SameWeights(a, b);
        var text = Encoding.UTF8.GetString(File.ReadAllBytes(File1));
        Assert.Contains("\"dense_1/kernel\":{\"dtype\":\"F32\",\"shape\":[4,6],\"data_offsets\":[", text);
    }

    [Fact]
    public void A_checkpoint_gives_its_weights_too()
    {
        var a = Model();
        a.Fit(x, y, checkpoint: File1, verbose: false);
        var b = Model();
        b.BuildFor([4]);
        b.LoadWeights(File1);
        Check.SameWeights(a, b);
    }

    [Fact]
    public void Files_of_other_models_are_told_and_nothing_is_loaded()
    {
        Model().Fit(x, y, checkpoint: File1, verbose: false);
        var other = Model(units: 7);
        other.BuildFor([4]);
        var before = other.GetWeights();
        const string Six = " is float32 [6], but the model's is float32 [7]; ", Normalization = "'batch_normalization_1/";
        const string Expected = "Checkpoint: it is of another model: 7 weights have another type ('dense_1/kernel' is float32 [4, 6], but the model's is float32 [4, 7]; 'dense_1/bias'" + Six
            + Normalization + "gamma'" + Six + Normalization + "beta'" + Six + Normalization + "moving_mean'" + Six + Normalization + "moving_variance'" + Six
            + "'dense_2/kernel' is float32 [6, 1], but the model's is float32 [7, 1]).";
        Check.Fails(
            Expected,
            () => { other.LoadWeights(File1); return null; });
        Check.Fails(
            Expected,
            () => other.Fit(x, y, checkpoint: File1, verbose: false));
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i].ToArray<float>(), other.Weights[i].Borrow().ToArray<float>());

        Check.Fails("Checkpoint: it is of a run with the optimizer Adam, but this one is SGD.", () => Model(new SGD()).Fit(x, y, epochs: 2, checkpoint: File1, verbose: false));
        var shallow = new Sequential(new Dense(6));
        shallow.BuildFor([4]);
        Check.Fails("Checkpoint: it is of another model: 6 weights of the file have no place in the model ('batch_normalization_1/beta', 'batch_normalization_1/gamma', 'batch_normalization_1/moving_mean', 'batch_normalization_1/moving_variance', 'dense_2/bias', 'dense_2/kernel').", () => { shallow.LoadWeights(File1); return null; });
        var deep = new Sequential(new Dense(6), new BatchNormalization(), new Dense(1), new Dense(1));
        deep.BuildFor([4]);
        Check.Fails("Checkpoint: it is of another model: 2 weights of the model are missing ('dense_3/kernel', 'dense_3/bias').", () => { deep.LoadWeights(File1); return null; });
        Check.Fails("Model: 'sequential' has no weights yet, because the shape of its input is not known; call BuildFor, begin it with an Input layer, or call it on data.", () => { Model().LoadWeights(File1); return null; });
    }

    [Fact]
    public void Weights_alone_are_no_run()
    {
        var model = Model();
        model.BuildFor([4]);
        model.SaveWeights(File1);
        Check.Fails(
            $"Checkpoint: '{File1}' holds weights but no training run; load it with LoadWeights.", () => Model().Fit(x, y, checkpoint: File1, verbose: false));
    }

    [Fact]
    public void Damaged_files_are_one_sentence_and_load_nothing()
    {
        var model = Model();
        model.Fit(x, y, checkpoint: File1, verbose: false);
        var good = File.ReadAllBytes(File1);
        var before = model.GetWeights();
        var random = new System.Random(1);

        Damaged([], "it is shorter than 8 bytes");
        Damaged(good[..5], "it is shorter than 8 bytes");
        Damaged(good[..200], "truncated: the header claims");
        Damaged(good[..^1], "the file is truncated: tensor");
        Damaged([.. good, 0], "1 bytes after the last tensor");
        Damaged(Encoding.UTF8.GetBytes("This is a letter, not a checkpoint."), "not a safetensors file");
        Damaged([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'{'], "the header is no valid JSON");
        Damaged([.. BitConverter.GetBytes(long.MaxValue), (byte)'{'], "not a safetensors file");
        Damaged(Header("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}"""), "has more than 2^63 elements");
        Damaged(Header("""{"a":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,4000000000000]}}"""), "the file is truncated");
        Damaged(Header("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"""), "'a' is F32 [2], but its place holds 4 bytes");
        Damaged(Header("""{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}"""), "elements of type 'F99'");
        Damaged(Header("""{"a":3}"""), "tensor 'a' has no 'dtype'");
        Damaged(Header("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"""), "expected two numbers in order");
        for (var i = 0; i < 200; i++)
        {
            var bytes = (byte[])good.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            Damaged(bytes, "");
        }

        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i].ToArray<float>(), model.Weights[i].Borrow().ToArray<float>());

        void Damaged(byte[] bytes, string how)
        {
            File.WriteAllBytes(File1, bytes);
            var message = Assert.Throws<CheckpointException>(() => model.LoadWeights(File1)).Message;
            Assert.StartsWith($"Checkpoint: '{File1}' is damaged: ", message);
            Assert.Contains(how, message);
        }

        static byte[] Header(string json) => [.. BitConverter.GetBytes((long)json.Length), .. Encoding.UTF8.GetBytes(json), 0, 0, 0, 0];
    }

    [Fact]
    public void A_file_that_is_missing_or_cannot_be_written_is_told()
    {
        var model = Model();
        model.BuildFor([4]);
        var missing = Path.Combine(folder, "no", "such");
        Check.Fails($"Checkpoint: there is no file '{missing}'.", () => { model.LoadWeights(missing); return null; });
        model.SaveWeights(File1);
        Assert.StartsWith($"Checkpoint: '{File1}/x' cannot be written: ", Assert.Throws<CheckpointException>(() => model.SaveWeights(File1 + "/x")).Message);
        Assert.Equal(["run.ckpt"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Files_of_other_tools_without_a_checksum_are_read()
    {
        var json = """{"bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"kernel":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""";
        File.WriteAllBytes(File1, [.. BitConverter.GetBytes((long)json.Length), .. Encoding.UTF8.GetBytes(json), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(3f)]);
        var state = TensorFile.Read(File1);
        Check.Close([2], state.Tensor("kernel"));
        Check.Close([3], state.Tensor("bias"));
    }

    [Fact]
    public void Every_type_and_shape_makes_the_round_trip()
    {
        var state = new State();
        state.Put("f", Tensor.From(new double[,] { { double.NaN, -0.0 } }));
        state.Put("i", Tensor.From(int.MinValue));
        state.Put("l", Tensor.From(long.MaxValue));
        state.Put("b", Tensor.From(true, false));
        state.Put("u", Tensor.From<byte>(255));
        state.Put("scalar", Tensor.Scalar(1));
        state.Put("empty", Tensor.Zeros([0, 3]));
        state.At("part").Put("text", "Größe \"1\"\n");
        state.Put("number", 0.1);
        TensorFile.Write(File1, state);
        var back = TensorFile.Read(File1);
        foreach (var (name, tensor) in state.Tensors) Assert.Equal(tensor.ToString(), back.Tensor(name).ToString());
        Assert.Equal("Größe \"1\"\n", back.At("part").Text("text"));
        Assert.Equal(0.1, back.Double("number"));
        Assert.Equal("Checkpoint: 'absent' is missing.", Assert.Throws<CheckpointException>(() => back.Tensor("absent")).Message);
    }
}
