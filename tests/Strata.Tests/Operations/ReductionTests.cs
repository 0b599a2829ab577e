namespace Strata.Tests.Operations;

public sealed class ReductionTests
{
    public static TheoryData<string> AxisSets => new(Enumerable.Range(1, 15).OrderBy(bits => System.Numerics.BitOperations.PopCount((uint)bits))
        .Select(bits => $"[{string.Join(", ", Enumerable.Range(0, 4).Where(i => (bits >> i & 1) != 0))}]"));

    static int[] Axes(string text) => System.Text.Json.JsonSerializer.Deserialize<int[]>(text)!;

    [Theory]
    [MemberData(nameof(AxisSets))]
    public void Sum_over_any_axes(string axes) => Check.Operation($"reduction: sum {axes}", x => x.Sum(Axes(axes)));

    [Theory]
    [MemberData(nameof(AxisSets))]
    public void Max_over_any_axes(string axes) => Check.Operation($"reduction: max {axes}", x => x.Max(Axes(axes), keepDims: true), smooth: false);

    [Fact]
    public void Mean() => Check.Operation("reduction: mean", x => x.Mean());

    [Fact]
    public void Mean_over_an_axis() => Check.Operation("reduction: mean/axis", x => x.Mean(1, keepDims: true));

    [Fact]
    public void Equal_elements_share_the_gradient_of_the_greatest()
    {
        var d = Gradient.Of(x => x.Max(1).Sum(), Tensor.From(new double[,] { { 1, 3, 3 }, { 2, 2, 2 } }));
        Check.Close(Tensor.From(new[,] { { 0, 0.5, 0.5 }, { 1 / 3.0, 1 / 3.0, 1 / 3.0 } }), d);
    }

    [Fact]
    public void Min() => Check.Operation("reduction: min", x => x.Min([0, 2]));

    [Fact]
    public void Product() => Check.Operation("reduction: product", x => x.Product());

    [Fact]
    public void Product_over_an_axis() => Check.Operation("reduction: product/axis", x => x.Product(1));

    [Fact]
    public void Product_with_zeros() => Check.Operation("reduction: product/zeros", x => x.Product(1));

    [Fact]
    public void Variance() => Check.Operation("reduction: variance", x => x.Variance([0, 2]));

    [Fact]
    public void Corrected_variance() => Check.Operation("reduction: variance/corrected", x => x.Variance([1], keepDims: true, correction: 1));

    [Fact]
    public void Standard_deviation() => Check.Operation("reduction: standard deviation", x => x.StandardDeviation(1));

    [Fact]
    public void Norm() => Check.Operation("reduction: norm", x => x.Norm(1));

    [Fact]
    public void LogSumExp() => Check.Operation("reduction: logsumexp", x => x.LogSumExp([0, 2]), tolerance: 4e-6);

    [Fact]
    public void LogSumExp_over_the_last_axis() => Check.Operation("reduction: logsumexp/last axis", x => x.LogSumExp(-1, keepDims: true), tolerance: 4e-6);

    [Fact]
    public void ArgMax() => Check.Operation("reduction: argmax", x => x.ArgMax(1));

    [Fact]
    public void ArgMin() => Check.Operation("reduction: argmin", x => x.ArgMin(-1));

    [Fact]
    public void Softmax() => Check.Operation("reduction: softmax", x => x.Softmax());

    [Fact]
    public void Softmax_over_another_axis() => Check.Operation("reduction: softmax/axis 0", x => x.Softmax(0));

    [Fact]
    public void LogSoftmax() => Check.Operation("reduction: log-softmax", x => x.LogSoftmax(), tolerance: 4e-6);

    [Fact]
    public void LogSoftmax_over_another_axis() => Check.Operation("reduction: log-softmax/axis 1", x => x.LogSoftmax(1), tolerance: 4e-6);

    [Fact]
    public void Cross_entropy() => Check.Operation("reduction: cross-entropy", Tensor.SoftmaxCrossEntropy, tolerance: 4e-6);

    [Fact]
    public void Cross_entropy_with_probabilities() => Check.Operation("reduction: cross-entropy/probabilities", Tensor.SoftmaxCrossEntropy, tolerance: 4e-6);

    [Fact]
    public void Huge_logits_neither_overflow_nor_vanish()
    {
        var x = Tensor.From(new float[,] { { 1000, 0 }, { -1000, 0 } });
        Check.Close(Tensor.From(new float[,] { { 1, 0 }, { 0, 1 } }), x.Softmax());
        Check.Close(Tensor.From(new float[,] { { 0, -1000 }, { -1000, 0 } }), x.LogSoftmax());
        Check.Close(Tensor.From(0f, 1000), Tensor.SoftmaxCrossEntropy(x, Tensor.From(0, 0)));
        Check.Close(Tensor.From(1000f, 0), x.LogSumExp(-1));
        Check.Close(Tensor.Scalar(double.NegativeInfinity), Tensor.Full([3], double.NegativeInfinity).LogSumExp());
    }

    [Fact]
    public void The_sum_of_ten_million_tenths_is_accurate()
    {
        var tenth = (double)0.1f;
        Assert.Equal(1e7 * tenth, Tensor.Full([10_000_000], 0.1).Sum().Item(), 1e7 * tenth * 1e-6);
        Assert.Equal(1e7 * tenth / 4, Tensor.Full([2_500_000, 4], 0.1).Sum(0).ToArray<float>()[3], 1e7 * tenth / 4 * 1e-6);
        Assert.Equal(1e7 * tenth / 100, Tensor.Full([100_000, 100], 0.1).Sum(0).ToArray<float>()[99], 1e5 * tenth * 1e-6);
    }

    [Fact]
    public void Integers_and_truth_values_are_added_in_int64()
    {
        Check.Close(Tensor.Scalar(4294967294, DType.Int64), Tensor.From(int.MaxValue, int.MaxValue).Sum());
        Check.Close(Tensor.Scalar(2, DType.Int64), ElementwiseTests.Bools(1, 0, 1).Sum());
        Check.Close(Tensor.Scalar(2 / 3f), ElementwiseTests.Bools(1, 0, 1).Mean());
    }

    [Fact]
    public void The_first_of_equals_and_any_NaN_win()
    {
        Assert.Equal(1, Tensor.From(1f, 5, 5, 2).ArgMax().Item());
        Assert.Equal(2, Tensor.From(1f, 5, float.NaN, float.NaN).ArgMax().Item());
        Assert.Equal(0, Tensor.From(1f, 5, 1).ArgMin().Item());
        Assert.True(double.IsNaN(Tensor.From(1f, 5, float.NaN, 7).Max().Item()));
        var columns = Tensor.From(new float[,] { { 1, float.NaN, 3 }, { 1, 5, 4 } });
        Check.Close(Tensor.From(0L, 0, 1), columns.ArgMax(0));
    }

    [Fact]
    public void Any_and_all()
    {
        var x = ElementwiseTests.Bools(0, 0, 1, 1).Reshape([2, 2]);
        Check.Close(ElementwiseTests.Bools(0, 1), x.Any(1));
        Check.Close(ElementwiseTests.Bools(0, 0), x.All(0));
        Assert.Equal(1, x.Any().Item());
        Assert.Equal((0, 1), (Tensor.Zeros([0]).Any().Item(), Tensor.Zeros([0]).All().Item()));
    }

    [Fact]
    public void Nothing_sums_to_zero_and_has_no_maximum()
    {
        Check.Close(Tensor.Zeros([3]), Tensor.Zeros([3, 0]).Sum(1));
        Check.Close(Tensor.Ones([3]), Tensor.Zeros([3, 0]).Product(1));
        Check.Fails("Max: there are no elements to choose from in [3, 0].", () => Tensor.Zeros([3, 0]).Max(1));
        Check.Fails("ArgMax: axis 1 of [3, 0] is empty.", () => Tensor.Zeros([3, 0]).ArgMax(1));
    }

    [Fact]
    public void Targets_that_do_not_fit_are_named()
    {
        Check.Fails(
            "SoftmaxCrossEntropy: class number 12 at position 1 is outside 0 … 9.",
            () => Tensor.SoftmaxCrossEntropy(Tensor.Zeros([2, 10]), Tensor.From(3, 12)));
        Check.Fails(
            "SoftmaxCrossEntropy: class numbers [3] do not fit logits [2, 10]; they must be [2].",
            () => Tensor.SoftmaxCrossEntropy(Tensor.Zeros([2, 10]), Tensor.From(3, 1, 2)));
    }
}
