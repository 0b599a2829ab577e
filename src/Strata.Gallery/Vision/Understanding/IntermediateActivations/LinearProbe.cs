using Strata.Memory;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>What a linear function can read in given features: regression with a ridge λ, solved exactly.</summary>
/// <remarks>With fewer examples than features the dual is the smaller system: ŷ = K*(K + λI)⁻¹y with the inner products K of standardized features.</remarks>
public static class LinearProbe
{
    const double Ridge = .3; // of the mean of K's diagonal

    /// <summary>The share of test examples whose class is read right, by regression to the classes' indicators.</summary>
    /// <param name="train">[n, …] features.</param>
    /// <param name="labels">[n].</param>
    /// <param name="test">[m, …] features.</param>
    /// <param name="testLabels">[m].</param>
    /// <param name="classes">The number of classes.</param>
    public static double Accuracy(Tensor train, Tensor labels, Tensor test, Tensor testLabels, int classes)
    {
        using var scope = new TensorScope();
        return Read(train, labels.OneHot(classes), test).ArgMax(1).EqualTo(testLabels.Cast(DType.Int64)).Cast(DType.Float32).Mean().Item();
    }

    /// <summary>The share of the variance of some numbers that is read: R² on the test examples, over all numbers together.</summary>
    /// <param name="train">[n, …] features.</param>
    /// <param name="numbers">[n, k].</param>
    /// <param name="test">[m, …] features.</param>
    /// <param name="testNumbers">[m, k].</param>
    public static double Explained(Tensor train, Tensor numbers, Tensor test, Tensor testNumbers)
    {
        using var scope = new TensorScope();
        var truth = testNumbers.Cast(DType.Float64);
        return 1 - ((Read(train, numbers, test) - truth).Square().Sum() / (truth - truth.Mean(0)).Square().Sum()).Item();
    }

    static Tensor Read(Tensor train, Tensor targets, Tensor test)
    {
        var (x, z) = (train.Reshape(train.Shape[0], -1), test.Reshape(test.Shape[0], -1));
        var (mean, deviation) = (x.Mean(0), x.StandardDeviation(0) + 1e-4);
        (x, z) = ((x - mean) / deviation, (z - mean) / deviation);
        var n = x.Shape[0];
        var k = x.MatMul(x, transposeB: true).Cast(DType.Float64);
        var y = targets.Cast(DType.Float64);
        var middle = y.Mean(0);
        var weights = (k + (Tensor.Eye(n, DType.Float64) * (Ridge * k.Trace() / n))).Solve(y - middle);
        return z.MatMul(x, transposeB: true).Cast(DType.Float64).MatMul(weights) + middle;
    }
}
