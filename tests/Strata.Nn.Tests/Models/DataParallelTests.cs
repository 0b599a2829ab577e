using Strata.Random;

namespace Strata.Nn.Tests.Models;

public sealed class DataParallelTests
{
    static Sequential Net() => new(new Dense(4, Activation.Tanh), new Dense(2)) { Seed = 1 };

    readonly Tensor x = new RandomStream(1).Normal([7, 3]), y = new RandomStream(2).Normal([7, 2]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_step_on_replicas_is_a_step_of_the_model(int replicas)
    {
        var plain = Net();
        plain.Compile(new SGD(.1), "mse");
        var inside = Net();
        var parallel = new DataParallel(inside, replicas);
        parallel.Compile(new SGD(.1), "mse");
        plain.BuildFor([3]);
        parallel.BuildFor([3]);
        inside.SetWeights(plain.GetWeights());
        for (var step = 0; step < 3; step++)
            Assert.Equal(plain.TrainOnBatch(x, y)["loss"], parallel.TrainOnBatch(x, y)["loss"], 1e-6);
        foreach (var (a, b) in plain.Weights.Zip(inside.Weights)) Check.Close(a.Value.Cast(DType.Float64).ToArray<double>(), b.Value, 1e-6);
        Check.Close(plain.Predict(x).Cast(DType.Float64).ToArray<double>(), parallel.Predict(x), 1e-6);
    }

    [Fact]
    public void Several_inputs_and_their_masks_are_dealt_out_together()
    {
        var (words, offset) = (new Input([4], DType.Int32), new Input([2]));
        var model = new Model([words, offset], words.Then(new Embedding(9, 3, maskZero: true), new LSTM(2)).Then(new Dense(2)) is var read ? Add.Of(read, offset) : null!) { Seed = 3 };
        Tensor[] inputs = [Tensor.From(new[,] { { 1, 2, 0, 0 }, { 3, 4, 5, 6 }, { 7, 0, 0, 0 } }), Tensor.From(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } })];
        var expected = model.Predict(inputs)[0];
        Check.Close(expected.Cast(DType.Float64).ToArray<double>(), new DataParallel(model, 2).Predict(inputs)[0], 1e-6);
    }

    [Fact]
    public void A_mask_goes_on_from_all_parts()
    {
        var model = new Sequential(new Embedding(9, 3, maskZero: true)) { Seed = 1 };
        var whole = new Sequential(new DataParallel(model, 2), new LSTM(2)) { Seed = 2 };
        var apart = new Sequential(model, new LSTM(2)) { Seed = 2 };
        var words = Tensor.From(new[,] { { 1, 2, 0, 0 }, { 3, 4, 5, 6 }, { 7, 0, 0, 0 } });
        whole.Predict(words);
        apart.Predict(words);
        whole.SetWeights(apart.GetWeights());
        Check.Close(apart.Predict(words).Cast(DType.Float64).ToArray<double>(), whole.Predict(words), 1e-6);
    }

    [Fact]
    public void Batch_normalization_takes_the_statistics_of_each_part()
    {
        var parallel = new DataParallel(new Sequential(new BatchNormalization(epsilon: 0)), 2);
        var y = parallel.Apply(Tensor.From(new float[,] { { 1 }, { 3 }, { 10 }, { 30 } }), training: true);
        Check.Close([-1, 1, -1, 1], y, 1e-5);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataParallel(Net(), 0));
        var sum = new Model([new Input([2]) is var a ? a : null!, new Input([2]) is var b ? b : null!], Add.Of(a, b));
        var failure = Assert.ThrowsAny<StrataException>(() => new DataParallel(sum, 2).Apply([Tensor.Ones([4, 2]), Tensor.Ones([3, 2])], new CallContext()));
        Assert.Contains("do not hold as many examples", failure.Message);
    }
}
