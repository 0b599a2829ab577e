using Strata.Memory;
using Strata.Random;

namespace Strata.Nn.Tests.Training;

public sealed class MemoryTests
{
    /// <summary>The workload <c>mlp</c> in small: after it has warmed up, training takes no more memory from the system.</summary>
    [Fact]
    public void Training_without_a_Dispose_does_not_grow()
    {
        var model = new Sequential(new Dense(64, Activation.Relu), new BatchNormalization(), new Dropout(.2), new Dense(10, Activation.Softmax)) { Seed = 1 };
        model.Compile(new Adam(), Loss.SparseCategoricalCrossentropy, Metric.Accuracy);
        var random = new RandomStream(1);
        var (x, y) = (random.Uniform([512, 196]), random.Integers([512], 0, 10));

        model.Fit(x, y, batchSize: 128, epochs: 20, verbose: false);
        var before = Owned();
        model.Fit(x, y, batchSize: 128, epochs: 50, verbose: false);
        for (var step = 0; step < 200; step++) model.TrainOnBatch(x, y);
        model.Predict(x);
        model.Evaluate(x, y);
        var grown = Owned() - before;
        Assert.True(grown < 2 << 20, $"{grown / 1024} KiB more after 400 steps");
    }

    /// <summary>Bytes in the hands of tensors that are alive.</summary>
    static long Owned()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return StoragePool.RentedBytes;
    }
}
