using Strata.Random;

namespace Strata.Nn.Tests.Training;

public sealed class FitTests
{
    static readonly Tensor x = new RandomStream(1).Normal([100, 3]).Keep();
    static readonly Tensor y = (x.MatMul(Check.Matrix([1], [-2], [.5])) + 1).Keep();

    static Sequential Linear(Optimizer? optimizer = null, Loss? loss = null, params Metric[] metrics)
    {
        var model = new Sequential(new Dense(1)) { Seed = 7 };
        model.Compile(optimizer ?? new SGD(0.1), loss ?? Loss.MeanSquaredError, metrics);
        return model;
    }

    [Fact]
    public void A_linear_model_finds_the_plane()
    {
        var model = Linear();
        var history = model.Fit(x, y, epochs: 30, verbose: false);
        Check.Close([1, -2, .5], model.Weights[0], 1e-3);
        Check.Close([1], model.Weights[1], 1e-3);
        Assert.Equal(30, history["loss"].Count);
        Assert.Equal(Enumerable.Range(0, 30), history.Epochs);
    }

    [Fact]
    public void The_same_seed_gives_the_same_history_and_another_shuffle_another()
    {
        static IReadOnlyList<double> Losses(long seed) => Linear().Fit(x, y, epochs: 3, seed: seed, verbose: false)["loss"];
        Assert.Equal(Losses(1), Losses(1));
        Assert.NotEqual(Losses(1), Losses(2));
    }

    [Fact]
    public void One_update_on_a_batch_is_one_step_of_fit()
    {
        var (a, b) = (Linear(), Linear());
        var logs = a.TrainOnBatch(x, y);
        var history = b.Fit(x, y, batchSize: 100, shuffle: false, verbose: false);
        Check.SameWeights(a, b);
        Assert.Equal(logs.Loss, history["loss"][0]);
    }

    [Fact]
    public void Logs_are_means_over_examples_not_batches()
    {
        // Rates of 0, so the mean over batches of 64 and 36 must be the whole mean.
        var model = Linear(new SGD(0), null, Loss.MeanAbsoluteError);
        var history = model.Fit(x, y, batchSize: 64, verbose: false);
        var whole = model.Evaluate(x, y, batchSize: 7);
        Check.Close(model.TestOnBatch(x, y).Loss, history["loss"][0], 1e-6);
        Check.Close(whole.Loss, history["loss"][0], 1e-6);
        Check.Close(whole["mean_absolute_error"], history["mean_absolute_error"][0], 1e-6);
    }

    [Fact]
    public void The_validation_split_is_the_last_share_before_shuffling()
    {
        var model = Linear(new SGD(0));
        var history = model.Fit(x, y, validationSplit: 0.25, verbose: false);
        Check.Close(model.Evaluate(x[75..], y[75..]).Loss, history["val_loss"][0]);
        Check.Close(model.Evaluate(x[..75], y[..75]).Loss, history["loss"][0]);
    }

    [Fact]
    public void Class_and_sample_weights_multiply_losses_as_in_Keras()
    {
        // Predictions are 0; targets of class 0 cost 0 and of class 1 cost 1.
        var model = new Sequential(new Dense(1) { KernelInitializer = Initializer.Zeros });
        model.Compile(new SGD(0), Loss.MeanSquaredError);
        var (input, target) = (Tensor.Zeros([4, 2]), Check.Matrix([0], [1], [1], [1]));
        Check.Close(.75, model.Fit(input, target, verbose: false)["loss"][0]);
        Check.Close(1.5, model.Fit(input, target, classWeight: new Dictionary<int, double> { [1] = 2 }, verbose: false)["loss"][0]);
        Check.Close(2.0 / 4 / .75, model.Fit(input, target, sampleWeight: Tensor.From(1f, 2f, 0f, 0f + 1e-30f), verbose: false)["loss"][0], 1e-6);
        Check.Close(6.0 / 4, model.Evaluate(input, target, sampleWeight: Tensor.From(2f, 2f, 2f, 2f)).Loss);
    }

    [Fact]
    public void Penalties_join_the_loss_and_constraints_follow_the_update()
    {
        var model = new Sequential(new Dense(1, useBias: false)
        {
            KernelInitializer = Initializer.Ones, KernelRegularizer = Regularizer.L2(.5), KernelConstraint = Constraint.UnitNorm(),
        });
        model.Compile(new SGD(0.1), Loss.MeanSquaredError);
        var logs = model.TrainOnBatch(Tensor.Zeros([1, 4]), Tensor.Zeros([1, 1]));
        Check.Close(2, logs.Loss); // .5·Σ1²
        Check.Close([.5, .5, .5, .5], model.Weights[0]);
    }

    [Fact]
    public void Frozen_layers_keep_their_weights()
    {
        var model = new Sequential(new Dense(2) { Trainable = false }, new Dense(1)) { Seed = 1 };
        model.Compile(new Adam(), Loss.MeanSquaredError);
        model.BuildFor([3]);
        var before = model.GetWeights();
        model.Fit(x, y, verbose: false);
        Assert.Equal(before[0].ToArray<float>(), model.Weights[0].Borrow().ToArray<float>());
        Assert.NotEqual(before[2].ToArray<float>(), model.Weights[2].Borrow().ToArray<float>());
    }

    [Fact]
    public void A_softmax_that_is_sure_and_wrong_still_has_a_gradient()
    {
        // Probability e^−200 = 0 in float32: clipped probabilities would give the loss 16.1 and no gradient at all.
        var model = new Sequential(new Dense(2, Activation.Softmax, useBias: false) { KernelInitializer = Initializer.Identity });
        model.Compile(new SGD(1), Loss.SparseCategoricalCrossentropy);
        var input = Check.Matrix([200, 0]);
        Check.Close(200, model.TrainOnBatch(input, Tensor.From(1)).Loss);
        Assert.True(model.TestOnBatch(input, Tensor.From(1)).Loss < 0.1);
    }

    [Fact]
    public void Accuracy_is_logged_for_every_form_of_target()
    {
        var model = new Sequential(new Dense(2, Activation.Softmax)) { Seed = 1 };
        model.Compile(new SGD(), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        Assert.Equal(["loss", "acc"], model.Fit(x, (y[.., 0] > 0).Cast(DType.Int32), verbose: false).Names);
        var binary = Linear(null, Loss.MeanSquaredError, Metric.Accuracy);
        Assert.Equal(["loss", "acc", "val_loss", "val_acc"], binary.Fit(x, y, validation: (x, y), verbose: false).Names);
    }

    [Fact]
    public void Mistakes_in_the_data_are_one_sentence()
    {
        Check.Fails("Fit: the inputs are [100, 3], but there is a tensor [7, 1]; axis 0 of all must count the same examples.", () => Linear().Fit(x, Tensor.Zeros([7, 1]), verbose: false));
        Check.Fails("mean_squared_error: targets are [32, 3], but predictions are [32, 1]; they must have the same shape.", () => Linear().Fit(x, x, shuffle: false, verbose: false));
        Check.Fails("Fit: the data are empty.", () => Linear().Fit(x[..0], y[..0], verbose: false));
        Check.Fails("Evaluate: the data are empty.", () => Linear().Evaluate(x[..0], y[..0]));
        Check.Fails(
            "History: there is no 'val_loss'; there are 'loss'.", () => Linear().Fit(x, y, verbose: false)["val_loss"]);
    }

    [Fact]
    public void Epochs_go_on_from_the_initial_one()
    {
        var whole = Linear();
        whole.Fit(x, y, epochs: 4, verbose: false);
        var parts = Linear();
        parts.Fit(x, y, epochs: 2, verbose: false);
        Assert.Equal([2, 3], parts.Fit(x, y, epochs: 4, initialEpoch: 2, verbose: false).Epochs);
        Check.SameWeights(whole, parts);
    }
}
