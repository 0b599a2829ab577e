using Strata.Threading;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class OrderingTests
{
    [Fact]
    public void ArgSort_is_stable_with_NaN_last() => Check.Operation("ordering: argsort", x => x.ArgSort());

    [Fact]
    public void ArgSort_along_the_first_axis() => Check.Operation("ordering: argsort/axis 0", x => x.ArgSort(0));

    [Fact]
    public void Sort() => Check.Operation("ordering: sort", x => x.Sort());

    [Fact]
    public void Sort_descending() => Check.Operation("ordering: sort/descending", x => x.Sort(0, descending: true));

    [Fact]
    public void TopK() => Check.Operation("ordering: top-k", x => Pair(x[0].TopK(2, 1)));

    [Fact]
    public void TopK_of_the_smallest() => Check.Operation("ordering: top-k/smallest", x => Pair(x[0].TopK(3, largest: false)));

    [Fact]
    public void A_descending_sort_is_stable_too_and_keeps_NaN_last() => Assert.Equal(
        [3L, 1, 4, 0, 2],
        Tensor.From(1f, 2, float.NaN, float.PositiveInfinity, 2).ArgSort(descending: true).ToArray<long>());

    [Fact]
    public void TopK_of_a_long_line_equals_the_sort()
    {
        var random = new System.Random(3);
        var x = Tensor.From(Enumerable.Range(0, 3000).Select(_ => random.Next(100)).ToArray(), [3, 1000]);
        var (values, indices) = x.TopK(20);
        Assert.Equal(x.ArgSort(descending: true)[.., ..20].ToArray<long>(), indices.ToArray<long>());
        Assert.Equal(x.Sort(descending: true)[.., ..20].ToArray<int>(), values.ToArray<int>());
    }

    [Fact]
    public void Every_type_is_sorted()
    {
        Assert.Equal([int.MinValue, -1, 0, int.MaxValue], Tensor.From(0, int.MaxValue, -1, int.MinValue).Sort().ToArray<int>());
        Assert.Equal([long.MinValue, -1, long.MaxValue], Tensor.From(-1, long.MaxValue, long.MinValue).Sort().ToArray<long>());
        Assert.Equal([long.MaxValue, -1, long.MinValue], Tensor.From(-1, long.MaxValue, long.MinValue).Sort(descending: true).ToArray<long>());
        Assert.Equal([0, 3, 255], Tensor.From<byte>(255, 0, 3).Sort().ToArray<byte>());
        Assert.Equal([false, true, true], Tensor.From(true, false, true).Sort().ToArray<bool>());
        Assert.Equal([double.NegativeInfinity, -1e-300, 1e-300], Tensor.From(1e-300, double.NegativeInfinity, -1e-300).Sort().ToArray<double>());
        Assert.Equal([0, 3], Tensor.Zeros([0, 3]).Sort().Shape);
    }

    [Fact]
    public void SearchSorted_counts_the_elements_before_a_value()
    {
        var sorted = Tensor.From(1f, 2, 2, 5);
        Assert.Equal([0L, 1, 3, 4], sorted.SearchSorted(Tensor.From(0f, 2, 3, 6)).ToArray<long>());
        Assert.Equal([0L, 3, 3, 4], sorted.SearchSorted(Tensor.From(0, 2, 3, 5), right: true).ToArray<long>());
        Assert.Equal([0L], Tensor.From(ReadOnlySpan<long>.Empty).SearchSorted(Tensor.From(7)).ToArray<long>());
        Check.Fails("SearchSorted: the sorted elements are [1, 1]; they must be a vector.", () => Tensor.Zeros([1, 1]).SearchSorted(sorted));
    }

    [Fact]
    public void CumulativeSum() => Check.Operation("ordering: sum", x => x.CumulativeSum(1));

    [Fact]
    public void CumulativeSum_from_the_end() => Check.Operation("ordering: sum/reverse", x => x.CumulativeSum(0, reverse: true));

    [Fact]
    public void CumulativeSum_exclusive() => Check.Operation("ordering: sum/exclusive", x => x.CumulativeSum(1, exclusive: true));

    [Fact]
    public void CumulativeSum_exclusive_from_the_end() =>
        Check.Operation("ordering: sum/exclusive reverse", x => x.CumulativeSum(1, exclusive: true, reverse: true));

    [Fact]
    public void Counts_are_summed_in_int64() => Check.Operation("ordering: sum/counts", x => x.CumulativeSum(0));

    [Fact]
    public void CumulativeProduct() => Check.Operation("ordering: product", x => x.CumulativeProduct(1));

    [Fact]
    public void CumulativeProduct_has_gradients_at_zeros() => Check.Operation("ordering: product/zeros", x => x.CumulativeProduct(1));

    [Fact]
    public void CumulativeProduct_from_the_end() => Check.Operation("ordering: product/reverse", x => x.CumulativeProduct(1, reverse: true));

    [Fact]
    public void CumulativeProduct_exclusive() => Check.Operation("ordering: product/exclusive", x => x.CumulativeProduct(1, exclusive: true));

    [Fact]
    public void LinearRecurrence() => Check.Operation("ordering: recurrence", (a, b) => Tensor.LinearRecurrence(a, b, 1));

    [Fact]
    public void LinearRecurrence_from_the_end() => Check.Operation("ordering: recurrence/reverse", (a, b) => Tensor.LinearRecurrence(a, b, 1, reverse: true));

    [Fact]
    public void An_infinite_first_factor_does_no_harm_to_a_product() =>
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], Tensor.From(double.PositiveInfinity, 2).CumulativeProduct(0).ToArray<double>());

    [Fact]
    public void Running_sums_do_not_depend_on_the_threads()
    {
        var threads = Workers.Threads;
        var random = new System.Random(1);
        var x = Tensor.From(Enumerable.Range(0, 3 * 100 * 700).Select(_ => random.NextSingle()).ToArray(), [3, 100, 700]);
        try
        {
            Workers.Threads = 1;
            var once = x.CumulativeSum(1);
            Workers.Threads = 7;
            Assert.Equal(once.ToArray<float>(), x.CumulativeSum(1).ToArray<float>());
        }
        finally
        {
            Workers.Threads = threads;
        }
    }

    [Fact]
    public void Empty_axes_stay_empty()
    {
        Assert.Equal([0, 2], Tensor.Zeros([0, 2]).CumulativeSum(0, exclusive: true).Shape);
        Assert.Equal([0], Tensor.Zeros([0]).CumulativeProduct(0, exclusive: true).Shape);
        Assert.Equal([3, 0], Tensor.Zeros([3, 5]).TopK(0).Values.Shape);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var x = Tensor.Zeros([2, 3]);
        Check.Fails("TopK: 4 elements were asked for, but axis 1 of [2, 3] has 3.", () => x.TopK(4).Values);
        Check.Fails("Sort: axis 2 does not exist in [2, 3]; axes are -2 … 1.", () => x.Sort(2));
        Check.Fails("CumulativeSum: axis 0 of a scalar, which has no axes.", () => Tensor.Scalar(1).CumulativeSum(0));
    }

    static Tensor[] Pair((Tensor Values, Tensor Indices) pair) => [pair.Values, pair.Indices];
}
