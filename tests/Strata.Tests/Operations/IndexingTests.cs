using Strata.Threading;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class IndexingTests
{
    [Fact]
    public void Gather() => Check.Operation("indexing: gather", (x, i) => x.Gather(i));

    [Fact]
    public void Gather_with_a_matrix_of_indices() => Check.Operation("indexing: gather/axis 1", (x, i) => x.Gather(i, 1));

    [Fact]
    public void Gather_along_the_last_axis() => Check.Operation("indexing: gather/last axis", (x, i) => x.Gather(i, -1));

    [Fact]
    public void Embedding() => Check.Operation("indexing: embedding", (table, i) => table.Embedding(i));

    [Fact]
    public void ScatterAdd_accumulates() => Check.Operation("indexing: scatter add", x => [x[0].ScatterAdd(x[1], x[2])]);

    [Fact]
    public void ScatterAdd_along_an_axis() => Check.Operation("indexing: scatter add/axis 1", x => [x[0].ScatterAdd(x[1], x[2], 1)]);

    [Fact]
    public void GatherAlong() => Check.Operation("indexing: gather along", (x, i) => x.GatherAlong(i, 1));

    [Fact]
    public void GatherAlong_the_first_axis() => Check.Operation("indexing: gather along/axis 0", (x, i) => x.GatherAlong(i, 0));

    [Fact]
    public void ScatterAddAlong() => Check.Operation("indexing: scatter add along", x => [x[0].ScatterAddAlong(x[1], x[2], 1)]);

    [Fact]
    public void GatherNd() => Check.Operation("indexing: gather nd", (x, i) => x.GatherNd(i));

    [Fact]
    public void GatherNd_of_scalars() => Check.Operation("indexing: gather nd/scalars", (x, i) => x.GatherNd(i));

    [Fact]
    public void ScatterNd() => Check.Operation("indexing: scatter nd", (i, u) => Tensor.ScatterNd(i, u, [3, 4, 2]));

    [Fact]
    public void OneHot() => Check.Operation("indexing: one hot", i => i.OneHot(5, DType.Int64));

    [Fact]
    public void BooleanMask() => Check.Operation("indexing: boolean mask", (x, m) => x.BooleanMask(m.Cast(DType.Bool)), traced: false);

    [Fact]
    public void BooleanMask_of_rows() => Check.Operation("indexing: boolean mask/rows", (x, m) => x.BooleanMask(m.Cast(DType.Bool)), traced: false);

    [Fact]
    public void NonZero() => Check.Operation("indexing: non-zero", m => m.NonZero(), traced: false);

    [Fact]
    public void Every_type_is_gathered_and_one_hot()
    {
        foreach (var type in Enum.GetValues<DType>())
        {
            var rows = Tensor.From(2, 0, 1).OneHot(3, type);
            Check.Close(Tensor.From([0, 0, 1, 1, 0, 0, 0, 1, 0], [3, 3]).Cast(type), rows, 0, type.Name());
            Check.Close(Tensor.From([1, 0], [2]).Cast(type), rows.Gather(Tensor.From(1, 2)).Gather(Tensor.From(0), 1).Flatten(), 0, type.Name());
        }
    }

    [Fact]
    public void Sums_into_repeated_positions_do_not_depend_on_the_threads()
    {
        var threads = Workers.Threads;
        var random = new System.Random(1);
        var index = Tensor.From(Enumerable.Range(0, 4000).Select(_ => random.Next(50)).ToArray());
        var updates = Tensor.From(Enumerable.Range(0, 4000 * 37).Select(_ => random.NextSingle()).ToArray(), [4000, 37]);
        try
        {
            Workers.Threads = 1;
            var once = Tensor.Zeros([50, 37]).ScatterAdd(index, updates);
            foreach (var n in new[] { 2, 7 })
            {
                Workers.Threads = n;
                Assert.Equal(once.ToArray<float>(), Tensor.Zeros([50, 37]).ScatterAdd(index, updates).ToArray<float>());
            }
        }
        finally
        {
            Workers.Threads = threads;
        }
    }

    [Fact]
    public void Empty_indices_give_empty_results()
    {
        var none = Tensor.From(ReadOnlySpan<int>.Empty);
        Assert.Equal([0, 3], Tensor.Zeros([4, 3]).Gather(none).Shape);
        Assert.Equal([4, 3], Tensor.Zeros([4, 3]).ScatterAdd(none, Tensor.Zeros([0, 3])).Shape);
        Assert.Equal([0, 3], Tensor.Zeros([4, 3]).BooleanMask(Tensor.Zeros([4], DType.Bool)).Shape);
        Assert.Equal([0, 5], none.OneHot(5).Shape);
        Assert.Equal([0], Tensor.Zeros([4, 0]).Gather(none).Gather(none, 1).Flatten().Shape);
    }

    [Fact]
    public void Wrong_indices_are_named()
    {
        var x = Tensor.Zeros([10, 3]);
        Check.Fails("Gather: index 12 at position 3 is outside 0 … 9", () => x.Gather(Tensor.From(1, 2, 3, 12)));
        Check.Fails("Gather: index -1 at position [0, 1] is outside 0 … 9", () => x.Gather(Tensor.From([1L, -1], [1, 2])));
        Check.Fails("Gather: index 4294967296 at position 0 is outside 0 … 9", () => x.Gather(Tensor.From(1L << 32)));
        Check.Fails("Gather: index 0 at position 0 is outside an axis of no elements", () => Tensor.Zeros([0]).Gather(Tensor.From(0)));
        Check.Fails("Gather: the indices are float32; they must be int32 or int64.", () => x.Gather(Tensor.Zeros([2])));
        Check.Fails("Embedding: index 10 at position 0 is outside 0 … 9", () => x.Embedding(Tensor.From(10)));
        Check.Fails("OneHot: index 3 at position 1 is outside 0 … 2", () => Tensor.From(0, 3).OneHot(3));
        Check.Fails("OneHot: the indices are float32; they must be integers.", () => x.OneHot(3));
        Check.Fails("GatherAlong: the indices [2, 3] and [10, 3] differ in more than axis 1.", () => x.GatherAlong(Tensor.Zeros([2, 3], DType.Int32), 1));
        Check.Fails("GatherAlong: index 3 at position [0, 0] is outside 0 … 2", () => x.GatherAlong(Tensor.Full([10, 1], 3, DType.Int32), 1));
        Check.Fails(
            "ScatterAdd: the updates are [2, 2]; for indices [2] on axis 0 of [10, 3] they must be [2, 3].",
            () => x.ScatterAdd(Tensor.From(0, 1), Tensor.Zeros([2, 2])));
        Check.Fails("GatherNd: coordinate 3 on axis 1 of the point at position 1 is outside 0 … 2", () => x.GatherNd(Tensor.From([0, 0, 9, 3], [2, 2])));
        Check.Fails(
            "GatherNd: the indices [1, 3] must be [.., k] with k coordinates for the first k of the 2 axes of [10, 3].",
            () => x.GatherNd(Tensor.Zeros([1, 3], DType.Int32)));
        Check.Fails("BooleanMask: the mask is int32; it must be bool.", () => x.BooleanMask(Tensor.Zeros([10], DType.Int32)));
        Check.Fails("BooleanMask: the mask [3] does not cover the first axes of [10, 3].", () => x.BooleanMask(Tensor.Zeros([3], DType.Bool)));
    }
}
