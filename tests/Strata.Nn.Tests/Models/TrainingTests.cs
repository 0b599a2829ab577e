using Strata.Random;

namespace Strata.Nn.Tests.Models;

/// <summary>Weights of examples and classes, terms that layers add, and batches made by number (catalogue, B6 and B11).</summary>
public sealed class TrainingTests
{
    static Sequential Identity(params Metric[] metrics)
    {
        var model = new Sequential(new Dense(1, useBias: false) { KernelInitializer = Initializer.Ones }) { Seed = 1 };
        model.Compile(new SGD(0), Loss.MeanSquaredError, metrics);
        return model;
    }

    [Fact]
    public void Weights_of_examples_count_by_the_share_that_is_not_0()
    {
        // Losses 1, 2 and 3 with weights 1, 0 and 2: (1·1 + 3·2)/2 = 3.5.
        var x = Tensor.From([1f, MathF.Sqrt(2), MathF.Sqrt(3)], [3, 1]);
        Check.Close(3.5, Identity().TestOnBatch(x, Tensor.Zeros([3, 1]), Tensor.From(1f, 0, 2)).Loss);
    }

    [Fact]
    public void Steps_of_sequences_have_weights_of_their_own()
    {
        var x = Tensor.From([1f, 2, 3, 4], [2, 2, 1]);
        var weights = Tensor.From([1f, 0, 0, 2], [2, 2]);
        Check.Close((1 + (2 * 16)) / 2.0, Identity().TestOnBatch(x, Tensor.Zeros([2, 2, 1]), weights).Loss);
        var history = Identity().Fit([x], [Tensor.Zeros([2, 2, 1])], sampleWeight: [weights], verbose: false);
        Check.Close(16.5, history["loss"][0]);
    }

    [Fact]
    public void Weighted_metrics_see_the_weights_and_others_do_not()
    {
        var model = new Sequential(new Dense(1, useBias: false) { KernelInitializer = Initializer.Ones }) { Seed = 1 };
        model.Compile(new SGD(0), [Loss.MeanSquaredError], metrics: [["mae"]], weightedMetrics: [["mae"]]);
        var logs = model.TestOnBatch(Check.Matrix([1], [2], [3]), Tensor.Zeros([3, 1]), Tensor.From(1f, 0, 2));
        Check.Close(2, logs["mean_absolute_error"]);
        Check.Close(3.5, logs["weighted_mean_absolute_error"]);
    }

    [Fact]
    public void Classes_have_weights()
    {
        var model = Identity();
        var x = Check.Matrix([1], [2], [3]);
        var classes = new Dictionary<int, double> { [1] = 10 };
        // Class 1 is the second example alone; losses 1, 1 and 9.
        Check.Close((1 + (10 * 1) + 9) / 3.0, model.Fit(x, Check.Matrix([0], [1], [0]), classWeight: classes, verbose: false)["loss"][0]);
    }

    [Fact]
    public void Layers_add_terms_to_the_loss_and_numbers_to_the_logs()
    {
        var model = new Sequential(new Probe(), new Dense(1, useBias: false) { KernelInitializer = Initializer.Ones }) { Seed = 1 };
        model.Compile(new SGD(.1), Loss.MeanSquaredError);
        var x = Check.Matrix([1], [2], [3]);
        var history = model.Fit(x, x, batchSize: 2, epochs: 2, shuffle: false, validation: (x, x), verbose: false);
        Assert.Equal(["loss", "size", "val_loss", "val_size"], history.Names);
        Check.Close(2, history["size"][0]); // mean over all examples
        Check.Close(20, history["loss"][0]); // the prediction is right, so the loss is what the layer added
        Check.Close(2, model.TestOnBatch(x, x)["size"]);
    }

    [Fact]
    public void A_loss_or_none_is_given_to_each_output_by_name()
    {
        var x = new Input([2]);
        var model = new Model(x, [x.Then(new Dense(1) { Name = "a" }), x.Then(new Dense(1) { Name = "b" })]) { Seed = 1 };
        model.Compile(new SGD(), new Dictionary<string, Loss> { ["b"] = "mae" }, new Dictionary<string, double> { ["b"] = 2 });
        var logs = model.TestOnBatch(new Batch([Tensor.Ones([3, 2])], [Tensor.Zeros([3, 1]), Tensor.Zeros([3, 1])]));
        Assert.Equal(["loss", "b_loss"], logs.Names);
        Check.Close(logs.Loss, 2 * logs["b_loss"]);
        Check.Fails("Compile: 'model' has no output 'c'; it has 'a', 'b'.", () => { model.Compile(new SGD(), new Dictionary<string, Loss> { ["c"] = "mae" }); return null; });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Batches_that_are_made_by_number_come_in_order(int workers)
    {
        var seen = new List<float>();
        var data = new Numbers { Workers = workers };
        foreach (var batch in ((IBatches)data).Epoch(4, skip: 2)) seen.Add(batch.Inputs[0].ToArray<float>()[0]);
        Assert.Equal(Enumerable.Range(2, 28).Select(i => (float)i + 400), seen);
        Assert.Equal(1, data.Ends);
    }

    [Fact]
    public void A_model_is_fitted_on_batches_that_are_made_by_number()
    {
        var model = Identity("mae");
        var history = model.Fit(new Numbers { Workers = 2 }, epochs: 2, verbose: false);
        Check.Close(14.5, history["mean_absolute_error"][0]);
        Check.Close(114.5, history["mean_absolute_error"][1]);
    }

    [Fact]
    public void An_epoch_can_be_cut_short()
    {
        var steps = 0;
        var history = Identity("mae").Fit(
            new Numbers(), epochs: 2, validation: new Numbers(), stepsPerEpoch: 4, validationSteps: 2, callbacks: [new LambdaCallback { BatchEnd = (_, _) => steps++ }], verbose: false);
        Assert.Equal(8, steps);
        Check.Close(1.5, history["mean_absolute_error"][0]);
        Check.Close(.5, history["val_mean_absolute_error"][0]);
    }

    [Fact]
    public void A_batch_that_cannot_be_made_ends_training_with_its_reason() => Assert.Equal(
        "no more", Assert.Throws<InvalidOperationException>(() => Identity().Fit(new Broken { Workers = 2 }, verbose: false)).Message);

    sealed class Probe : Layer
    {
        protected override Tensor Call(Tensor x, CallContext context)
        {
            context.AddLoss(x.Mean() * 10);
            context.AddMetric("size", x.Mean());
            return x;
        }
    }

    sealed class Numbers : Sequence
    {
        int epoch;

        public int Ends { get; private set; }

        public override int Count => 30;

        public override Batch this[int index] => new(Tensor.Full([1, 1], (100 * epoch) + index), Tensor.Zeros([1, 1]));

        protected override void OnEpochBegin(int epoch) => this.epoch = epoch;

        protected override void OnEpochEnd() => Ends++;
    }

    sealed class Broken : Sequence
    {
        public override int Count => 30;

        public override Batch this[int index] => index < 3 ? new(Tensor.Ones([1, 1]), Tensor.Ones([1, 1])) : throw new InvalidOperationException("no more");
    }
}
