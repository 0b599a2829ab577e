using Strata.Data;
using Strata.Formats.Arrays;
using Strata.Formats.PyTorch;
using Strata.Formats.Weights;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/coming-from-keras-and-pytorch.md</c>.</summary>
public sealed class ComparisonExamples : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-guide-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void As_in_Keras()
    {
        var digits = GlyphDigits.Load(train: 300, test: 10);
        var (x, y) = (digits.Train.Images, digits.Train.Labels);

        var model = new Sequential(
            new Input([28, 28, 1]),
            new Conv2D(16, 3, activation: "relu"),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(10, "softmax"));
        model.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
        var history = model.Fit(x, y, epochs: 2, validationSplit: 0.2);

        Assert.Equal(["loss", "acc", "val_loss", "val_acc"], history.Names);
        Assert.True(history["loss"][1] < history["loss"][0]);
        Assert.Equal(160 + (13 * 13 * 16 * 10) + 10, model.ParameterCount);
    }

    [Fact]
    public void As_in_PyTorch()
    {
        var digits = GlyphDigits.Load(train: 640, test: 100);
        var (data, x) = (digits.Train.Shuffle(seed: 1).Batch(16), digits.Test.Images);
        var net = new Sequential(new Flatten(), new Dense(32, Activation.Relu), new Block(32), new Dense(10)) { Seed = 1 };
        net.BuildFor([28, 28, 1]);

        var (criterion, optimizer) = (new SparseCategoricalCrossentropy(fromLogits: true), new Adam(0.001)); // nn.CrossEntropyLoss()
        var step = Compiled.Function((Tensor images, Tensor labels) =>
        {
            var (loss, gradients) = Gradient.ValueAndGradient(       // zero_grad() and backward()
                () => criterion.Apply(labels, net.Apply(images, training: true)), net.TrainableWeights); // model.train()
            optimizer.Apply(net.TrainableWeights, gradients);        // optimizer.step()
            return loss;
        });
        foreach (var (images, labels) in data) step(images, labels);
        var predicted = net.Predict(x).ArgMax(-1);                   // model.eval(), with torch.no_grad()

        var accuracy = predicted.Cast(DType.Int32).EqualTo(digits.Test.Labels).Cast(DType.Float32).Mean().Item();
        Assert.True(accuracy > 0.3, $"{accuracy}");
        Assert.Equal(40, optimizer.Iterations);
        Assert.NotEqual(0, net.Weights.Single(w => w.Name.EndsWith("moving_mean", StringComparison.Ordinal)).Value.Abs().Sum().Item());
    }

    [Fact]
    public void A_module()
    {
        var block = new Block(6);
        var x = new RandomStream(1).Normal([8, 6]);
        Assert.Equal(x.Shape, block.Apply(x).Shape);
        Assert.Equal((6 * 6) + 6 + (4 * 6), block.ParameterCount);
        Assert.Equal(0.0, (block.Apply(x) - x).Min().Item()); // what goes around is added to
    }

    [Fact]
    public void Weights_of_a_PyTorch_model()
    {
        var path = Path.Combine(folder, "tagger.pth");
        var random = new RandomStream(1);
        var state = new Dictionary<string, Tensor> { ["embedding.weight"] = random.Normal([50, 8]), ["head.weight"] = random.Normal([4, 12]), ["head.bias"] = random.Normal([4]) };
        foreach (var way in new[] { "", "_reverse" })
        {
            state[$"lstm.weight_ih_l0{way}"] = random.Normal([24, 8]);
            state[$"lstm.weight_hh_l0{way}"] = random.Normal([24, 6]);
            state[$"lstm.bias_ih_l0{way}"] = random.Normal([24]);
            state[$"lstm.bias_hh_l0{way}"] = random.Normal([24]);
        }

        TorchFile.Write(path, state);

        var tagger = new Sequential(
            new Embedding(50, 8) { Name = "embedding" },                                                                     // nn.Embedding(50, 8)
            new Bidirectional(new LSTM(6, recurrentActivation: Activation.Sigmoid, returnSequences: true)) { Name = "lstm" }, // nn.LSTM(8, 6, bidirectional=True)
            new Dense(4) { Name = "head" });                                                                                 // nn.Linear(12, 4)
        tagger.BuildFor([10], DType.Int32);
        var report = TorchWeights.Load(tagger, TorchFile.Read(path));

        Assert.Equal(9, report.Loaded.Count);
        Assert.Equal(state["head.weight"].Transpose().ToArray<float>(), tagger.Weights[^2].Value.ToArray<float>());
    }

    [Fact]
    public void Weights_of_a_Keras_model()
    {
        // The reader of HDF5 has its own tests; here any file does that calls its arrays as Keras does.
        var path = Path.Combine(folder, "theirs.npz");
        var kernel = new RandomStream(1).Normal([3, 2]);
        Npz.Write(path, new Dictionary<string, Tensor>
        {
            ["dense/dense/kernel:0"] = Tensor.Ones([4, 3]), ["dense/dense/bias:0"] = Tensor.Zeros([3]), ["head/head/kernel:0"] = kernel, ["head/head/bias:0"] = Tensor.Zeros([2]),
        });

        var model = new Sequential(new Dense(3, Activation.Relu), new Dense(2) { Name = "head" });
        model.BuildFor([4]);
        var report = ModelWeights.Load(model, WeightFile.Read(path)); // .h5, .weights.h5 or .keras

        Assert.Equal(4, report.Loaded.Count);
        Assert.Equal(kernel.ToArray<float>(), model.Weights[2].Value.ToArray<float>());
    }

    [Fact]
    public void What_the_table_says_of_defaults()
    {
        var x = Tensor.From(1f, 2f, 3f, 4f);
        Assert.Equal(1.25, x.Variance().Item(), 1e-6);
        Assert.Equal(5.0 / 3, x.Variance(0, correction: 1).Item(), 1e-6);
        Assert.Equal([3, -3], (Tensor.From(7, -7) / 2).ToArray<int>());
        Assert.Equal(DType.Float32, (Tensor.From(1, 2) * 0.5).DType);
        Assert.Equal(-0.3f, new LeakyReLU().Apply(Tensor.From(new float[,] { { -1 } })).Item(), 1e-6);
        Assert.Equal(0.001 / 500, new Adam(new CosineDecay(0.001, 10_000).WarmUp(500)).LearningRate, 1e-12);
        Assert.Equal(Shape.Of(2, 3, 1), Tensor.Zeros([2, 3])[.., .., Tensor.NewAxis].Shape);

        // A mean over windows leaves padding out.
        var pooled = new AveragePooling2D(2, padding: Padding.Same).Apply(Tensor.Ones([1, 3, 3, 1]));
        Assert.All(pooled.ToArray<float>(), v => Assert.Equal(1, v));
    }
}

/// <summary>nn.Module with a linear layer, a batch normalization and a way around both.</summary>
public sealed class Block : Layer
{
    readonly Dense linear;
    readonly BatchNormalization norm;

    public Block(int units)
    {
        linear = Track(new Dense(units));                                        // self.linear = nn.LazyLinear(units)
        norm = Track(new BatchNormalization(momentum: 0.9, epsilon: 1e-5));      // nn.BatchNorm1d(units): its momentum is 0.1
    }

    protected override Tensor Call(Tensor x, CallContext context) =>             // def forward(self, x)
        x + norm.Apply(linear.Apply(x, context), context).Relu();
}
