using Strata.Data;
using Strata.Memory;
using Strata.Random;

namespace Strata.Nn.Tests.Training;

/// <summary>Training on the pipelines of Strata.Data.</summary>
public sealed class DatasetTests
{
    static readonly Tensor x = new RandomStream(1).Normal([100, 3]).Keep();
    static readonly Tensor y = x.MatMul(Check.Matrix([1], [-2], [.5])).Keep();

    static Sequential Model()
    {
        var model = new Sequential(new Dense(1)) { Seed = 7 };
        model.Compile(new SGD(0.1), Loss.MeanSquaredError);
        return model;
    }

    [Fact]
    public void A_model_is_fitted_and_judged_on_a_data_set()
    {
        var data = Dataset.From(x, y);
        var model = Model();
        var history = model.Fit(data.Take(80).Shuffle(seed: 1).Batch(16).Prefetch(2), epochs: 20, validation: data.Skip(80), verbose: false);
        Assert.True(history["val_loss"][^1] < 1e-3);
        Assert.Equal(100, model.Optimizer.Iterations);
        Check.Close(model.Evaluate(x[80..], y[80..]).Loss, history["val_loss"][^1]);
    }

    [Fact]
    public void Batches_of_a_data_set_in_memory_are_released_and_the_data_stay()
    {
        var batches = Dataset.From(x, y).Shuffle(seed: 1).Batch(10);
        var model = Model();
        model.Fit(batches, epochs: 2, verbose: false);
        var before = StoragePool.RentedBytes;
        model.Fit(batches, epochs: 20, verbose: false);
        Assert.True(StoragePool.RentedBytes - before < 1 << 20);
        Assert.Equal(100, batches.Sum(b => b.X.Shape[0])); // a pass of the user's own keeps its batches
    }

    [Fact]
    public void Tensors_that_the_user_owns_are_left_alone()
    {
        (Tensor, Tensor)[] own = [(x[..50], y[..50]), (x[50..], y[50..])];
        Model().Fit(Dataset.From(own), epochs: 3, verbose: false);
        Assert.Equal(150, own.Sum(b => b.Item1.Size) / 2);
        Check.Close(x[..50].Cast(DType.Float64).ToArray<double>(), own[0].Item1);
    }
}
