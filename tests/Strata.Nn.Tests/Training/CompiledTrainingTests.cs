using Strata.Random;

namespace Strata.Nn.Tests.Training;

/// <summary>Fit, Evaluate and Predict run compiled; what they give is what they give eagerly.</summary>
[Collection("Engine settings")]
public sealed class CompiledTrainingTests
{
    static readonly Tensor x = new RandomStream(1).Normal([22, 8, 8, 1]).Keep();
    static readonly Tensor y = new RandomStream(2).Integers([22], 0, 3).Keep();

    static Sequential Model(Optimizer optimizer)
    {
        var model = new Sequential(
            new Conv2D(4, 3, activation: Activation.Relu) { KernelRegularizer = new L1L2(0, .01) },
            new BatchNormalization(),
            new MaxPooling2D(2),
            new Dropout(.3),
            new Flatten(),
            new Dense(3, Activation.Softmax)) { Seed = 5 };
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        return model;
    }

    static (History History, Tensor Predictions, Logs Logs) Train(bool eager, Optimizer optimizer)
    {
        Compiled.Eager = eager;
        try
        {
            var model = Model(optimizer);
            var history = model.Fit(x, y, batchSize: 8, epochs: 3, validationSplit: .2, verbose: false); // batches of 8, 8 and 1
            return (history, model.Predict(x, batchSize: 9), model.Evaluate(x, y));
        }
        finally
        {
            Compiled.Eager = false;
        }
    }

    public static TheoryData<string> Optimizers => ["sgd", "adam", "nadam", "clipped"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_compiled_is_training_eagerly(string name)
    {
        Optimizer Make() => name switch
        {
            "sgd" => new SGD(new CosineDecay(.1, 10), momentum: .9),
            "adam" => new Adam { Decay = .1 },
            "nadam" => new Nadam(),
            _ => new RMSProp { ClipNorm = .5, ClipValue = .1, WeightDecay = .1 },
        };
        var (eager, compiled) = (Train(eager: true, Make()), Train(eager: false, Make()));
        foreach (var key in new[] { "loss", "acc", "val_loss", "val_acc" })
            for (var epoch = 0; epoch < 3; epoch++)
                Assert.Equal(eager.History[key][epoch], compiled.History[key][epoch], 1e-5);
        Assert.Equal(eager.Predictions.ToArray<float>(), compiled.Predictions.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(eager.Logs["acc"], compiled.Logs["acc"], 1e-6);
    }

    [Fact]
    public void The_last_smaller_batch_is_traced_once()
    {
        var traces = 0;
        var model = new Sequential(new Lambda((z, context) =>
        {
            if (context.Training) traces++;
            return z;
        }), new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(), Loss.MeanSquaredError);
        model.Fit(Tensor.Ones([10, 2]), Tensor.Ones([10, 1]), batchSize: 4, epochs: 5, verbose: false);
        Assert.Equal(2, traces);
    }

    [Fact]
    public void A_switch_of_trainable_counts_at_once()
    {
        var model = new Sequential(new Dense(2), new Dense(1)) { Seed = 1 };
        model.Compile(new SGD(.1), Loss.MeanSquaredError);
        model.TrainOnBatch(Tensor.Ones([4, 3]), Tensor.Ones([4, 1]));
        model.Layers[0].Trainable = false;
        var before = model.Layers[0].GetWeights();
        model.TrainOnBatch(Tensor.Ones([4, 3]), Tensor.Zeros([4, 1]));
        Assert.Equal(before[0].ToArray<float>(), model.Layers[0].GetWeights()[0].ToArray<float>());
    }
}
