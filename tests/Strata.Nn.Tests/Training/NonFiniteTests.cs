namespace Strata.Nn.Tests.Training;

public sealed class NonFiniteTests
{
    static readonly Tensor x = Tensor.Ones([40, 1]).Keep();

    static Sequential Exploding(double from)
    {
        var steps = 0;
        var model = new Sequential(new Dense(2), new Lambda((z, context) => context.Training ? z * Compiled.Number(() => ++steps > from ? double.NaN : 1) : z) { Name = "trap" }, new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(), Loss.MeanSquaredError);
        return model;
    }

    [Fact]
    public void Training_stops_and_names_the_step_and_the_layer()
    {
        var model = Exploding(from: 6); // four steps an epoch
        var failure = Assert.Throws<NonFiniteLossException>(() => model.Fit(x, x, batchSize: 10, epochs: 3, verbose: false));
        Assert.Equal("Training stopped at epoch 2, step 3: the loss is NaN; the first non-finite values came out of layer 'trap' (Lambda).", failure.Message);
        Assert.All(model.Weights, w => Assert.All(w.Borrow().ToArray<float>(), v => Assert.True(float.IsFinite(v)))); // the step was not made
    }

    [Fact]
    public void A_step_that_fails_changes_neither_moving_statistics_nor_the_stream()
    {
        var model = new Sequential(new BatchNormalization(), new Dropout(.5), new Dense(1)) { Seed = 1 };
        model.Compile(new Adam(), Loss.MeanSquaredError);
        model.TrainOnBatch(x, x);
        var (before, draws) = (model.GetWeights(), model.Random.State);
        Assert.Throws<NonFiniteLossException>(() => model.TrainOnBatch(x * float.NaN, x));
        Assert.Throws<ShapeException>(() => model.TrainOnBatch(x, Tensor.Zeros([40, 9])));
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i].ToArray<float>(), model.Weights[i].Borrow().ToArray<float>());
        Assert.Equal(draws, model.Random.State);
    }

    [Fact]
    public void TerminateOnNaN_ends_training_quietly()
    {
        var guard = new TerminateOnNaN();
        var history = Exploding(from: 6).Fit(x, x, batchSize: 10, epochs: 3, callbacks: [guard], verbose: false);
        Assert.Equal(2, history.Epochs.Count);
        Assert.True(double.IsNaN(history["loss"][1]));
        Assert.Contains("epoch 2, step 3", guard.Failure!.Message);
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named()
    {
        var model = new Sequential(new Dense(2), new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(), Loss.MeanSquaredError);
        model.BuildFor([1]);
        model.Layers[1].SetWeights([Check.Matrix([double.PositiveInfinity], [0]), Tensor.Zeros([1])]);
        Check.Fails(
            "Training stopped at epoch 1, step 1: the loss is infinite; the first non-finite values came out of layer 'dense_2' (Dense), whose weight 'kernel' is not finite.",
            () => model.Fit(x, x, verbose: false));
    }

    [Fact]
    public void Inputs_and_targets_that_are_not_finite_are_told()
    {
        var bad = x * float.NaN;
        Sequential Model()
        {
            var model = new Sequential(new Dense(1));
            model.Compile(new SGD(), Loss.MeanSquaredError);
            return model;
        }

        Check.Fails("Training stopped: the loss is NaN; the inputs of the batch are not finite themselves.", () => Model().TrainOnBatch(bad, x));
        Check.Fails("Training stopped: the loss is NaN; the targets of the batch are not finite.", () => Model().TrainOnBatch(x, bad));
        var loss = new Sequential(new Dense(1) { KernelInitializer = Initializer.Zeros });
        loss.Compile(new SGD(), Loss.Of("log", (y, p) => p.Log().Sum(-1)));
        Check.Fails("Training stopped: the loss is infinite; every layer gave finite values, so it arose in the loss itself.", () => loss.TrainOnBatch(x, x));
    }
}
