namespace Strata.Tests.Operations;

public sealed class NormalizationTests
{
    [Fact]
    public void Batch_normalization() => Check.Operation("reduction: batch normalization", Batch, tolerance: 4e-6);

    [Fact]
    public void Batch_normalization_of_many_channels() => Check.Operation("reduction: batch normalization/wide", Batch, smooth: false, tolerance: 1e-5);

    [Fact]
    public void Layer_normalization() =>
        Check.Operation("reduction: layer normalization", x => [Tensor.LayerNormalization(x[0], x[1], x[2], 1e-3)], tolerance: 4e-6);

    static Tensor[] Batch(Tensor[] x)
    {
        var (y, mean, variance) = Tensor.BatchNormalization(x[0], x[1], x[2], 1e-3);
        return [y, mean, variance];
    }

    [Theory]
    [InlineData(1000, 6)]
    [InlineData(999, 16)]
    [InlineData(300, 33)]
    [InlineData(70, 100)]
    [InlineData(5, 256)]
    public void Statistics_survive_a_large_mean(int rows, int channels)
    {
        var x = new Strata.Random.RandomStream(7).Normal([rows, channels], dtype: DType.Float64);
        var shifted = (x + 1000).Cast(DType.Float32);
        var (y, mean, variance) = Tensor.BatchNormalization(shifted, Tensor.Ones([channels]), Tensor.Zeros([channels]), 1e-3);
        var exact = shifted.Cast(DType.Float64);
        Check.Close(exact.Mean(0).Cast(DType.Float32), mean, 1e-7);
        Check.Close(exact.Variance(0).Cast(DType.Float32), variance, 1e-5);
        Check.Close(((exact - exact.Mean(0)) / (exact.Variance(0) + 1e-3).Sqrt()).Cast(DType.Float32), y, 1e-4);
    }

    [Fact]
    public void Scales_that_do_not_fit_are_named() => Check.Fails(
        "BatchNormalization: gamma [3] and beta [4] do not fit the channels of [2, 4]; they must be [4].",
        () => Tensor.BatchNormalization(Tensor.Zeros([2, 4]), Tensor.Zeros([3]), Tensor.Zeros([4]), 1e-3).Y);
}
