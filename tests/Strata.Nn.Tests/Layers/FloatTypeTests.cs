using Strata.Random;

namespace Strata.Nn.Tests.Layers;

[Collection("Engine settings")]
public sealed class FloatTypeTests
{
    // Nothing in it says a type, and the data are float32.
    static Sequential Model() => new(
        new Conv1D(3, 2, activation: Activation.Tanh),
        new BatchNormalization(),
        new LSTM(3, recurrentActivation: Activation.Sigmoid, returnSequences: true),
        new LayerNormalization(),
        new Flatten(),
        new Dense(4, Activation.Softplus),
        new Dropout(.2),
        new Dense(2, Activation.Softmax))
    {
        Seed = 1,
    };

    [Fact]
    public void A_model_made_in_float64_mode_trains_in_it_and_passes_the_check_of_gradients() => InFloat64(() =>
    {
        var x = new RandomStream(1).Normal([12, 5, 2], dtype: DType.Float32);
        var labels = new RandomStream(2).Integers([12], 0, 2, DType.Int32);
        var model = Model();
        model.Compile(new Adam(), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        model.Fit(x, labels, epochs: 2, batchSize: 6);
        Assert.All(model.Weights, w => Assert.Equal(DType.Float64, w.DType));
        Assert.Equal(DType.Float64, model.Predict(x).DType);
        GradientCheck.Verify(() => model.Apply(x, new CallContext(training: true, new RandomStream(3))), [.. model.TrainableWeights], step: 1e-6);
    });

    [Fact]
    public void A_model_comes_back_from_its_config_with_the_type_that_it_had()
    {
        var (single, config) = (Model(), "");
        InFloat64(() => config = Model().ToJson());
        InFloat64(() => single = (Sequential)Strata.Nn.Model.FromJson(single.ToJson()));
        var twice = (Sequential)Strata.Nn.Model.FromJson(config);
        single.BuildFor([5, 2], DType.Float32);
        twice.BuildFor([5, 2]);
        Assert.All(single.Weights, w => Assert.Equal(DType.Float32, w.DType));
        Assert.All(twice.Weights, w => Assert.Equal(DType.Float64, w.DType));
    }

    static void InFloat64(Action body)
    {
        var before = Strata.Configuration.FloatType;
        try
        {
            Strata.Configuration.FloatType = DType.Float64;
            body();
        }
        finally
        {
            Strata.Configuration.FloatType = before;
        }
    }
}
