using Strata.Memory;

namespace Strata.Gallery.Vision.Understanding;

/// <summary>How well a linear classifier does on given features: regression to the classes' indicators, ridge λ, solved exactly.</summary>
/// <remarks>With fewer examples than features the dual is the smaller system: scores = K*(K + λI)⁻¹Y with the inner products K of standardized features.</remarks>
public static class LinearProbe
{
    const double Ridge = .3; // of the mean of K's diagonal

    /// <summary>The share of test examples that are classified right.</summary>
    /// <param name="train">[n, …] features.</param>
    /// <param name="labels">[n].</param>
    /// <param name="test">[m, …] features.</param>
    /// <param name="testLabels">[m].</param>
    /// <param name="classes">The number of classes.</param>
    public static double Accuracy(Tensor train, Tensor labels, Tensor test, Tensor testLabels, int classes)
    {
        using var scope = new TensorScope();
        var (x, z) = (train.Reshape(train.Shape[0], -1), test.Reshape(test.Shape[0], -1));
        var (mean, deviation) = (x.Mean(0), x.StandardDeviation(0) + 1e-4);
        (x, z) = ((x - mean) / deviation, (z - mean) / deviation);
        var n = x.Shape[0];
        var k = x.MatMul(x, transposeB: true).Cast(DType.Float64);
        var y = labels.OneHot(classes).Cast(DType.Float64) - (1.0 / classes);
        var weights = (k + (Tensor.Eye(n, DType.Float64) * (Ridge * k.Trace() / n))).Solve(y);
        var scores = z.MatMul(x, transposeB: true).Cast(DType.Float64).MatMul(weights);
        return scores.ArgMax(1).EqualTo(testLabels.Cast(DType.Int64)).Cast(DType.Float32).Mean().Item();
    }
}
