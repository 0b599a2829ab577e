using Strata.Formats.Keras;
using Strata.Formats.Weights;
using Strata.Nn;

namespace Strata.Formats.Tests.Keras;

/// <summary>The files are made by make_keras.py: element i of the k-th array is k + i / 1000.</summary>
public class KerasFileTests
{
    static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Keras", "Files", name);

    static Sequential Net()
    {
        var model = new Sequential(
            new Conv2D(2, 3), new BatchNormalization(), new Reshape(4, 8), new Bidirectional(new LSTM(2)), new Dense(3), new Dense(2)) { Seed = 1 };
        model.BuildFor([6, 6, 1]);
        return model;
    }

    static void Holds(Model model)
    {
        var k = 0;
        foreach (var (path, value) in ModelWeights.Save(model))
        {
            var elements = value.ToArray<float>();
            for (var i = 0; i < elements.Length; i++) Assert.True(Math.Abs(k + (i / 1000.0) - elements[i]) < 1e-5, $"{path}, element {i}: {elements[i]}, expected {k + (i / 1000.0)}");
            k++;
        }

        Assert.Equal(16, k);
    }

    [Theory]
    [InlineData("keras-2.2.4.h5")]
    [InlineData("keras-2-model.h5")]
    [InlineData("keras-3.weights.h5")]
    [InlineData("keras-3.keras")]
    public void Weights_of_Keras_find_their_places(string name)
    {
        var model = Net();
        var report = ModelWeights.Load(model, WeightFile.Read(File(name)));
        Assert.Equal(16, report.Loaded.Count);
        Assert.Empty(report.LeftOver);
        Holds(model);
    }

    [Fact]
    public void The_first_files_of_version_3_call_the_layers_otherwise()
    {
        var model = Net();
        var tensors = KerasFile.Read(File("keras-3.keras")).ToDictionary(t => t.Key.Replace("layers/", "_layer_checkpoint_dependencies/", StringComparison.Ordinal), t => t.Value);
        Assert.Empty(ModelWeights.Load(model, tensors).Missing);
        Holds(model);
    }

    [Fact]
    public void Models_in_models_are_found_by_their_places()
    {
        Tensor Filled(double value, params int[] sizes) => Tensor.Full(Shape.Of(sizes), value);
        var model = new Sequential(new Input([3]), new Dense(2), new Sequential(new Dense(4), new Dense(5)), new Dense(6));
        ModelWeights.Load(model, new Dictionary<string, Tensor>
        {
            ["layers/dense/vars/0"] = Filled(1, 3, 2), ["layers/dense/vars/1"] = Filled(2, 2),
            ["layers/sequential/layers/dense/vars/0"] = Filled(3, 2, 4), ["layers/sequential/layers/dense/vars/1"] = Filled(4, 4),
            ["layers/sequential/layers/dense_1/vars/0"] = Filled(5, 4, 5), ["layers/sequential/layers/dense_1/vars/1"] = Filled(6, 5),
            ["layers/dense_1/vars/0"] = Filled(7, 5, 6), ["layers/dense_1/vars/1"] = Filled(8, 6),
            ["_loss_tracker/vars/0"] = Filled(9), ["optimizer/vars/0"] = Filled(10),
        });
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8], model.Weights.Select(w => (float)w.Value.Mean().Item()));
    }

    [Fact]
    public void A_layer_that_has_a_name_is_found_by_it()
    {
        var tensors = KerasFile.Read(File("keras-2-model.h5")).Where(t => t.Key.Contains("/dense", StringComparison.Ordinal)).ToDictionary();
        var model = new Sequential(new Input([3]), new Dense(2) { Name = "dense_1" });
        var report = ModelWeights.Load(model, tensors, partly: true);
        Assert.Equal(["model_weights/dense_1/dense_1/kernel:0", "model_weights/dense_1/dense_1/bias:0"], report.Sources);
        Assert.Equal(["model_weights/dense/dense/bias:0", "model_weights/dense/dense/kernel:0"], report.LeftOver);
    }

    [Fact]
    public void What_a_block_holds_stands_in_a_file_of_Keras_2_as_layers_of_the_model()
    {
        Tensor Filled(double value, params int[] sizes) => Tensor.Full(Shape.Of(sizes), value);
        var model = new Sequential(new Input([2]), new Dense(3), new Twice(new Dense(4), new Dense(5) { Name = "inner" }), new Dense(6));
        var report = ModelWeights.Load(model, new Dictionary<string, Tensor>
        {
            ["dense_9/dense_9/kernel:0"] = Filled(1, 2, 3), ["dense_9/dense_9/bias:0"] = Filled(2, 3),
            ["inner/inner/kernel:0"] = Filled(5, 4, 5), ["inner/inner/bias:0"] = Filled(6, 5),
            ["dense_11/dense_11/kernel:0"] = Filled(7, 5, 6), ["dense_11/dense_11/bias:0"] = Filled(8, 6),
            ["dense_10/dense_10/kernel:0"] = Filled(3, 3, 4), ["dense_10/dense_10/bias:0"] = Filled(4, 4),
        });
        Assert.Empty(report.LeftOver);
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8], model.Weights.Select(w => (float)w.Value.Mean().Item()));
    }

    [Fact]
    public void A_block_that_the_file_knows_is_found_by_its_class()
    {
        Tensor Filled(double value, params int[] sizes) => Tensor.Full(Shape.Of(sizes), value);
        var model = new Sequential(new Input([2]), new Twice(new Dense(4), new Dense(5)), new Dense(6));
        ModelWeights.Load(model, new Dictionary<string, Tensor>
        {
            ["twice_1/twice_1/dense_7/kernel:0"] = Filled(1, 2, 4), ["twice_1/twice_1/dense_7/bias:0"] = Filled(2, 4),
            ["twice_1/twice_1/dense_8/kernel:0"] = Filled(3, 4, 5), ["twice_1/twice_1/dense_8/bias:0"] = Filled(4, 5),
            ["dense_9/dense_9/kernel:0"] = Filled(5, 5, 6), ["dense_9/dense_9/bias:0"] = Filled(6, 6),
        });
        Assert.Equal([1f, 2, 3, 4, 5, 6], model.Weights.Select(w => (float)w.Value.Mean().Item()));
    }

    sealed class Twice : Layer
    {
        readonly Dense first, second;

        public Twice(Dense first, Dense second) => (this.first, this.second) = (Track(first), Track(second));

        protected override Tensor Call(Tensor x, CallContext context) => second.Apply(first.Apply(x, context), context);
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        var model = new Sequential(new Input([4]), new Dense(5));
        Assert.Contains("'layers/dense/vars/0' is [4, 3], which does not fit the weight 'dense_1/kernel' [4, 5]", Assert.Throws<StrataException>(() => ModelWeights.Load(model, KerasFile.Read(File("keras-3.keras")))).Message);
        Assert.Contains("16 tensors left over", Assert.Throws<StrataException>(() => ModelWeights.Load(new Sequential(new Input([8]), new Embedding(3, 2)), new Dictionary<string, Tensor>(KerasFile.Read(File("keras-3.keras"))) { ["embedding_1/embeddings"] = Tensor.Zeros([3, 2]) })).Message);
        Assert.Equal("Keras file: not a .keras file: it holds no 'model.weights.h5'.", Assert.Throws<DataFileException>(() => KerasFile.Decode(Empty())).Message);

        static byte[] Empty()
        {
            var to = new MemoryStream();
            using (var zip = new System.IO.Compression.ZipArchive(to, System.IO.Compression.ZipArchiveMode.Create)) zip.CreateEntry("other");
            return to.ToArray();
        }
    }
}
