using Strata.Data;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/guide.md</c> on training.</summary>
public sealed class GuideTrainingExamples : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-guide-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Fitting()
    {
        var digits = GlyphDigits.Load(train: 1000, test: 200); // drawn, so that there is nothing to download
        var model = new Sequential(new Flatten(), new Dense(32, Activation.Relu), new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new Adam(0.003), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        var history = model.Fit(
            digits.Train.Shuffle(seed: 1).Batch(32).Prefetch(2),
            epochs: 20,
            validation: digits.Test.Batch(100),
            callbacks:
            [
                new EarlyStopping("val_loss", patience: 3, restoreBestWeights: true),
                new ReduceLROnPlateau("val_loss", factor: 0.5, patience: 2),
            ],
            verbose: false);
        Console.WriteLine(model.Evaluate(digits.Test.Batch(100))); // loss: … - acc: …
        var classes = model.Predict(digits.Test.Images).ArgMax(axis: -1);

        Assert.InRange(history.Epochs.Count, 2, 20);
        var accuracy = model.Evaluate(digits.Test.Batch(100))["acc"];
        Assert.True(accuracy > 0.6, $"{accuracy}");
        Assert.Equal(accuracy, classes.Cast(DType.Int32).EqualTo(digits.Test.Labels).Cast(DType.Float32).Mean().Item(), 1e-6);
    }

    [Fact]
    public void A_callback_of_ones_own()
    {
        var x = new RandomStream(1).Normal([64, 3]);
        var model = new Sequential(new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(0.1), Loss.MeanSquaredError);
        var history = model.Fit(x, x.Sum(1, keepDims: true), epochs: 100, callbacks: [new StopBelow(0.01)], verbose: false);

        Assert.InRange(history.Epochs.Count, 2, 99);
        Assert.True(history["loss"][^1] < 0.01);
        Assert.True(history["loss"][^2] >= 0.01);
    }

    [Fact]
    public void A_run_that_was_cut_off_goes_on()
    {
        var path = Path.Combine(folder, "run.strata");
        var x = new RandomStream(1).Normal([64, 3]);
        var y = x.Sum(1, keepDims: true);

        Sequential Fresh()
        {
            var fresh = new Sequential(new Dense(4, Activation.Tanh), new Dropout(0.2), new Dense(1)) { Seed = 1 };
            fresh.Compile(new Adam(), Loss.MeanSquaredError);
            return fresh;
        }

        var whole = Fresh().Fit(x, y, epochs: 4, verbose: false);
        Fresh().Fit(x, y, epochs: 2, checkpoint: path, verbose: false); // and then the power fails

        var model = Fresh();
        var history = model.Fit(x, y, epochs: 4, checkpoint: path, verbose: false); // epochs 3 and 4, to the bit as if nothing had been

        Assert.Equal(whole["loss"], history["loss"]);
    }

    [Fact]
    public void A_loop_of_ones_own()
    {
        var digits = GlyphDigits.Load(train: 500, test: 100);
        var model = new Sequential(new Flatten(), new Dense(32, Activation.Relu), new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.BuildFor([28, 28, 1]);
        var optimizer = new Adam(0.003) { ClipNorm = 1 };
        var step = Compiled.Function((Tensor x, Tensor y) =>
        {
            var (loss, gradients) = Gradient.ValueAndGradient(
                () => Loss.SparseCategoricalCrossentropy.Apply(y, model.Apply(x, training: true)), model.TrainableWeights);
            optimizer.Apply(model.TrainableWeights, gradients);
            return loss;
        });
        var losses = new List<double>();
        for (var epoch = 0; epoch < 5; epoch++)
            foreach (var (x, y) in digits.Train.Shuffle(seed: 1).Batch(50).Epoch(epoch)) losses.Add(step(x, y).Item());

        Assert.Equal(50, losses.Count);
        Assert.True(losses[^10..].Average() < losses[..10].Average() / 1.5);
        Assert.Equal(50, optimizer.Iterations);
    }

    [Fact]
    public void Two_optimizers()
    {
        var random = new RandomStream(seed: 1);
        var generator = new Sequential(new Dense(16, Activation.Relu), new Dense(1)) { Seed = 2 };
        var critic = new Sequential(new Dense(16, Activation.LeakyRelu(0.2)), new Dense(1)) { Seed = 3 }; // a logit of being real
        generator.BuildFor([2]);
        critic.BuildFor([1]);
        var (forGenerator, forCritic) = (new Adam(0.01, beta1: 0.5), new Adam(0.01, beta1: 0.5));
        var step = Compiled.Function((Tensor real) =>
        {
            var z = random.Normal([real.Shape[0], 2]);
            var (judged, d) = Gradient.ValueAndGradient(
                () => (-critic.Apply(real)).Softplus().Mean() + critic.Apply(generator.Apply(z)).Softplus().Mean(), critic.TrainableWeights);
            forCritic.Apply(critic.TrainableWeights, d);
            var (fooled, g) = Gradient.ValueAndGradient(() => (-critic.Apply(generator.Apply(z))).Softplus().Mean(), generator.TrainableWeights);
            forGenerator.Apply(generator.TrainableWeights, g);
            return (judged, fooled);
        });
        for (var i = 0; i < 300; i++) step(random.Normal([64, 1], mean: 4, deviation: 0.5));

        Assert.Equal(4, generator.Apply(random.Normal([500, 2])).Mean().Item(), 1.0);
    }

    [Fact]
    public void A_recurrent_net_by_hand()
    {
        var random = new RandomStream(seed: 1);
        var (wx, wh, b) = (new Variable(0.3 * random.Normal([1, 16]), "wx"), new Variable(0.2 * random.Normal([16, 16]), "wh"), new Variable(Tensor.Zeros([16]), "b"));
        var wy = new Variable(0.2 * random.Normal([16, 1]), "wy");
        Variable[] weights = [wx, wh, b, wy];
        var adam = new Adam(0.01) { ClipNorm = 1 };
        var step = Compiled.Function((Tensor x, Tensor y) => // x [steps, n, 1], y [n, 1]
        {
            var (loss, gradients) = Gradient.ValueAndGradient(
                () =>
                {
                    var h = Flow.Scan((item, state) => (item.MatMul(wx) + state.MatMul(wh) + b).Tanh(), x, Tensor.Zeros([x.Shape[1], 16])); // [steps, n, 16]
                    return (h[^1].MatMul(wy) - y).Square().Mean();
                },
                weights);
            adam.Apply(weights, gradients);
            return loss;
        });
        var losses = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var x = random.Uniform([6, 64, 1]);
            losses.Add(step(x, x.Sum(0)).Item()); // what do six numbers add up to?
        }

        Assert.True(losses[^1] < losses[0] / 20, $"{losses[0]} → {losses[^1]}");
    }

    [Fact]
    public void A_gradient_in_a_loss()
    {
        var critic = new Sequential(new Dense(16, Activation.Tanh), new Dense(1)) { Seed = 1 };
        critic.BuildFor([2]);
        var adam = new Adam(0.01);
        var step = Compiled.Function((Tensor x) =>
        {
            var (penalty, gradients) = Gradient.ValueAndGradient(
                () =>
                {
                    var slope = Gradient.Of(z => critic.Apply(z).Sum(), x);         // ∂critic/∂x, row by row
                    return (slope.Square().Sum(-1).Sqrt() - 1).Square().Mean();     // wants slopes of norm 1
                },
                critic.TrainableWeights);
            adam.Apply(critic.TrainableWeights, gradients);
            return penalty;
        });
        var x = new RandomStream(2).Normal([64, 2]);
        var first = step(x).Item();
        for (var i = 0; i < 200; i++) step(x);

        Assert.True(step(x).Item() < first / 10);
    }
}

/// <summary>Ends training once the loss is small enough.</summary>
public sealed class StopBelow(double bound) : Callback
{
    protected override void OnEpochEnd(int epoch, Logs logs) => Run.StopTraining = logs.Loss < bound;
}
