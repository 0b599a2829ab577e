using Strata.Kernels;
using Strata.Random;

namespace Strata.Tests.Kernels;

[Collection("Engine settings")]
public sealed class ReductionWidthTests
{
    static readonly Dictionary<string, Func<Tensor, Tensor[]>> operations = new()
    {
        ["sum of rows"] = x => [x.Sum(-1)],
        ["sum of columns"] = x => [x.Sum(0)],
        ["sum of all"] = x => [x.Abs().Sum()],
        ["max of rows"] = x => [x.Max(-1)],
        ["max of columns"] = x => [x.Max(0)],
        ["min of all"] = x => [x.Min()],
        ["product of rows"] = x => [x.Product(-1)],
        ["argmax of rows"] = x => [x.ArgMax(-1)],
        ["argmax of columns"] = x => [x.ArgMax(0)],
        ["any"] = x => [(x > 2).Any(0), (x > 2).Any(-1)],
        ["all"] = x => [(x > -2).All(0), (x > -2).All(-1)],
        ["softmax"] = x => [x.Softmax()],
        ["log-softmax"] = x => [x.LogSoftmax()],
        ["logsumexp"] = x => [x.LogSumExp(-1)],
        ["standardize"] = x => [x.Standardize(1e-3)],
        ["standardize, gradient"] = x => [Gradient.Of(z => (z.Standardize(1e-3) * Check.Cotangent(z)).Sum(), x)],
        ["batch normalization"] = x => Batch(x),
        ["batch normalization, gradient"] = x => [Gradient.Of(z => (Batch(z)[0] * Check.Cotangent(z)).Sum(), x)],
        ["cross-entropy"] = x => [Tensor.SoftmaxCrossEntropy(x, x.ArgMin(-1))],
        ["where"] = x => [Tensor.Where(x > 0, x, -1), Tensor.Where(x > 0, 1, x), Tensor.Where(x > 0, x, x * 2)],
        ["row operand"] = x => [x - x.Sum(0)],
        ["column operand"] = x => [x - x.Sum(-1, keepDims: true)],
        ["casts"] = x => [x.Cast(DType.Int32), x.Cast(DType.UInt8), x.Cast(DType.Bool), x.Cast(DType.Int64).Cast(DType.Float32)],
    };

    public static TheoryData<string> Operations => new(operations.Keys);

    static Tensor[] Batch(Tensor x)
    {
        var channels = x.Shape[^1];
        var (y, mean, variance) = Tensor.BatchNormalization(x, Tensor.Full([channels], 2, x.DType), Tensor.Full([channels], 1, x.DType), 1e-3);
        return [y, mean, variance];
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_width_agrees_with_the_portable_path(string name)
    {
        int[] widths = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 70, 130];
        foreach (var type in new[] { DType.Float32, DType.Float64 })
            foreach (var width in widths)
                foreach (var rows in new[] { 1, 3, 70 })
                {
                    var x = new RandomStream(width).Normal([rows, width], dtype: type);
                    var expected = Settings.At(SimdLevel.Portable, () => operations[name](x));
                    foreach (var level in Settings.Levels)
                    {
                        var actual = Settings.At(level, () => operations[name](x));
                        for (var i = 0; i < actual.Length; i++)
                            Check.Close(expected[i], actual[i], type == DType.Float32 ? 2e-6 : 4e-15, $"{name} of {type} [{rows}, {width}] at {level}");
                    }
                }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        foreach (var shape in new Shape[] { [2, 70_003], [50_003, 3], [900, 130], [9_000, 16] })
        {
            if (name == "product of rows" && shape[1] > 1000) continue;
            var x = new RandomStream(5).Normal(shape);
            var expected = Settings.OnThreads(1, () => operations[name](x));
            foreach (var threads in new[] { 2, 7 })
            {
                var actual = Settings.OnThreads(threads, () => operations[name](x));
                for (var i = 0; i < actual.Length; i++)
                    Assert.True(Numbers(expected[i]).SequenceEqual(Numbers(actual[i])), $"{name} of {shape} on {threads} threads");
            }
        }
    }

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();
}
