using Strata.Random;

namespace Strata.Data.Tests.Pipeline;

public class DatasetTests
{
    static MemoryDataset<int> Numbers(int count) => Dataset.From<int>(Enumerable.Range(0, count).ToArray());

    /// <summary>The same numbers as a stream, which takes the general path of every stage.</summary>
    static Dataset<int> Stream(int count) => Dataset.Generate(i => (int)i, count);

    public static TheoryData<bool> Both => new() { true, false };

    static Dataset<int> Source(bool memory, int count) => memory ? Numbers(count) : Stream(count);

    [Fact]
    public void The_documented_chain_reads_as_it_should()
    {
        var x = Tensor.From(Enumerable.Range(0, 20).Select(i => (float)i).ToArray(), [10, 2]);
        var y = Tensor.From(Enumerable.Range(0, 10).ToArray(), [10]);
        var train = Dataset.From(x, y).Shuffle(seed: 1).Batch(4).Prefetch(2);
        var seen = new List<int>();
        foreach (var (images, labels) in train)
        {
            Assert.Equal([labels.Shape[0], 2], images.Shape);
            for (var i = 0; i < labels.Size; i++) Assert.Equal(2f * labels.AsSpan<int>()[i] + 1, images.AsSpan<float>()[2 * i + 1]);
            seen.AddRange(labels.ToArray<int>());
        }

        Assert.Equal(3, train.Count);
        Assert.NotEqual(seen.Order(), seen);
        Assert.Equal(Enumerable.Range(0, 10), seen.Order());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Shuffling_keeps_every_element_and_changes_with_epoch_and_seed(bool memory)
    {
        var shuffled = Source(memory, 50).Shuffle(seed: 3);
        var (first, second) = (shuffled.Epoch(0).ToArray(), shuffled.Epoch(1).ToArray());
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(Enumerable.Range(0, 50), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first, Source(memory, 50).Shuffle(seed: 3).Epoch(0));
        Assert.NotEqual(first, Source(memory, 50).Shuffle(seed: 4).Epoch(0));
    }

    [Fact]
    public void A_buffer_bounds_how_early_an_element_can_come()
    {
        var order = Stream(200).Shuffle(seed: 1, buffer: 10).ToArray();
        Assert.Equal(Enumerable.Range(0, 200), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 200), order);
        for (var i = 0; i < order.Length; i++) Assert.True(order[i] <= i + 10);
    }

    [Fact]
    public void Shuffled_orders_are_uniform()
    {
        // Each of 4 elements at each of 4 places in 4000 epochs: 1000 times ± 5 σ, σ = √(4000·¼·¾) = 27.
        var counts = new int[4, 4];
        foreach (var dataset in new[] { Numbers(4).Shuffle(seed: 9), Stream(4).Shuffle(seed: 9) })
        {
            Array.Clear(counts);
            for (var epoch = 0; epoch < 4000; epoch++)
                foreach (var (place, element) in dataset.Epoch(epoch).Index()) counts[place, element]++;
            foreach (var count in counts) Assert.InRange(count, 865, 1135);
        }
    }

    [Fact]
    public void Each_foreach_is_the_next_epoch()
    {
        var data = Numbers(20).Shuffle(seed: 1);
        var (first, second) = (data.ToArray(), data.ToArray());
        Assert.Equal(data.Epoch(0), first);
        Assert.Equal(data.Epoch(1), second);
        Assert.Equal(new DatasetPosition(2, 0), data.Position);
        _ = data.First(); // left early: not taken up again
        Assert.Equal(new DatasetPosition(2, 1), data.Position);
        Assert.Equal(data.Epoch(3), data.ToArray());
    }

    public static TheoryData<string> Chains => [.. chains.Keys];

    static readonly Dictionary<string, Func<Dataset<int>>> chains = new()
    {
        ["memory"] = () => Numbers(23),
        ["memory, shuffled"] = () => Numbers(23).Shuffle(1),
        ["memory, window and shard of shuffled"] = () => Numbers(60).Shuffle(1).Skip(5).Take(40).Shard(2, 1).Shuffle(2),
        ["stream"] = () => Stream(23),
        ["stream, shuffled as a whole"] = () => Stream(23).Shuffle(1),
        ["stream, shuffled through a buffer"] = () => Stream(23).Shuffle(1, buffer: 5),
        ["stream, window and shard"] = () => Stream(60).Skip(5).Take(40).Shard(3, 1),
        ["sequence"] = () => Dataset.From(Enumerable.Range(0, 23).Where(i => i % 3 != 0)),
        ["mapped"] = () => Stream(23).Map(i => i * i),
        ["mapped at random"] = () => Stream(23).Map((i, random) => i + random.NextInt(1000), seed: 4),
        ["filtered"] = () => Stream(60).Shuffle(1).Where(i => i % 2 == 0),
        ["batched"] = () => Stream(60).Shuffle(1).Batch(7, items => items.Sum()),
        ["repeated"] = () => Numbers(6).Shuffle(1).Repeat(4),
        ["repeated, unknown length"] = () => Stream(12).Shuffle(1).Where(i => i % 2 == 0).Repeat(4),
        ["repeated without end"] = () => Numbers(6).Shuffle(1).Repeat().Take(30),
        ["zipped"] = () => Numbers(23).Shuffle(1).Zip(Stream(25).Shuffle(2)).Map(p => p.First * 100 + p.Second),
        ["prefetched"] = () => Numbers(23).Shuffle(1).Map((i, random) => i + random.NextInt(1000), seed: 4).Prefetch(3),
        ["prefetched within"] = () => Stream(23).Shuffle(1).Prefetch(2).Batch(2, items => items.Sum()).Prefetch(1),
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Every_chain_goes_on_from_a_saved_position_with_the_same_elements(string name)
    {
        foreach (var epoch in new[] { 0L, 3L })
        {
            var whole = chains[name]().Epoch(epoch).ToArray();
            Assert.True(whole.Length > 5);
            if (chains[name]().Count is { } count) Assert.Equal(count, whole.Length);
            foreach (var cut in new[] { 0, 1, whole.Length / 2, whole.Length - 1, whole.Length })
            {
                var first = chains[name]();
                first.Position = new(epoch, 0);
                var seen = new List<int>();
                if (cut > 0)
                    foreach (var element in first)
                    {
                        seen.Add(element);
                        if (seen.Count == cut) break;
                    }

                var second = chains[name](); // as after a restart of the program
                second.Position = first.Position;
                Assert.Equal(whole, seen.Concat(second.ToArray()));
                Assert.Equal(chains[name]().Epoch(epoch + 1), second.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Windows_and_shards_pick_what_they_say(bool memory)
    {
        var ten = Source(memory, 10);
        Assert.Equal([0, 1, 2], ten.Take(3));
        Assert.Equal([7, 8, 9], ten.Skip(7));
        Assert.Equal([1, 4, 7], ten.Shard(3, 1));
        Assert.Equal([3, 6], ten.Skip(3).Take(6).Shard(3, 0));
        Assert.Equal(Enumerable.Range(0, 10), ten.Take(100));
        Assert.Empty(ten.Skip(10));
        Assert.Empty(ten.Take(0));
        Assert.Equal((3, 4, 0, 10), (ten.Shard(3, 2).Count, ten.Shard(3, 0).Count, ten.Skip(12).Count, ten.Take(12).Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => ten.Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ten.Skip(-1));
        Assert.Contains("no shard 3 of 3", Assert.Throws<ArgumentOutOfRangeException>(() => ten.Shard(3, 3)).Message);
    }

    [Fact]
    public void Shards_together_are_the_whole()
    {
        var data = Numbers(17).Shuffle(5);
        Assert.Equal(Enumerable.Range(0, 17), Enumerable.Range(0, 4).SelectMany(i => data.Shard(4, i).Epoch(2)).Order());
    }

    [Fact]
    public void A_window_asks_its_source_for_no_more_than_it_gives()
    {
        var asked = 0;
        Assert.Equal(3, Dataset.Generate(i => { asked++; return i; }).Take(3).Count());
        Assert.Equal(3, asked);
    }

    [Fact]
    public void Batches_have_their_size_and_the_rest_is_kept_or_dropped()
    {
        Dataset<Tensor> memory = Dataset.From(Tensor.From(Enumerable.Range(0, 10).ToArray(), [10]));
        var stream = Stream(10).Map(i => Tensor.Scalar(i, DType.Int32));
        foreach (var data in new[] { memory, stream })
        {
            Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]], data.Batch(4).Select(b => b.ToArray<int>()));
            Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7]], data.Batch(4, dropRemainder: true).Select(b => b.ToArray<int>()));
            Assert.Equal((3, 2, 2), (data.Batch(4).Count, data.Batch(4, dropRemainder: true).Count, data.Batch(5).Count));
            Assert.Contains("size must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => data.Batch(0)).Message);
        }
    }

    [Fact]
    public void Rows_of_every_type_are_gathered()
    {
        Check<float>([1, 2, 3, 4, 5, 6]);
        Check<double>([1, 2, 3, 4, 5, 6]);
        Check<int>([1, 2, 3, 4, 5, 6]);
        Check<long>([1, 2, 3, 4, 5, 6]);
        Check<byte>([1, 2, 3, 4, 5, 6]);
        Check<bool>([true, false, false, true, true, true]);

        static void Check<T>(T[] values)
            where T : unmanaged
        {
            var data = Dataset.From(Tensor.From(values, [3, 2]), Tensor.From(values, [3, 1, 2]), Tensor.From(values[..3], [3]));
            var (x, y, z) = data.Skip(1).Batch(2).Single();
            Assert.Equal(values[2..], x.ToArray<T>());
            Assert.Equal((Shape.Of(2, 2), Shape.Of(2, 1, 2), Shape.Of(2)), (x.Shape, y.Shape, z.Shape));
            Assert.Equal(Shape.Of(2), data.First().X.Shape);
            Assert.Equal(values[0], data.First().Z.ToArray<T>()[0]);
        }
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_refused()
    {
        var x = Tensor.Zeros([4, 2]);
        Assert.Contains("[4, 2] and [5] (4 ≠ 5)", Assert.Throws<ShapeException>(() => Dataset.From(x, Tensor.Zeros([5]))).Message);
        Assert.Contains("a scalar has no rows", Assert.Throws<ShapeException>(() => Dataset.From(Tensor.Scalar(1))).Message);
    }

    [Fact]
    public void Random_maps_depend_on_seed_epoch_and_place_alone()
    {
        var data = Numbers(30).Map((_, random) => random.NextInt(1_000_000), seed: 1);
        var first = data.Epoch(0).ToArray();
        Assert.Equal(30, first.Distinct().Count());
        Assert.Equal(first, data.Prefetch(4).Epoch(0));
        Assert.Empty(first.Intersect(data.Epoch(1)));
        Assert.Empty(first.Intersect(Numbers(30).Map((_, random) => random.NextInt(1_000_000), seed: 2).Epoch(0)));
    }

    [Fact]
    public void Repeating_counts_and_ends()
    {
        Assert.Equal([0, 1, 0, 1, 0, 1], Numbers(2).Repeat(3));
        Assert.Equal((6, (long?)null, 0), (Numbers(2).Repeat(3).Count, Numbers(2).Repeat().Count, Numbers(2).Repeat(0).Count));
        Assert.Empty(Numbers(0).Repeat());
        Assert.Empty(Stream(5).Where(_ => false).Repeat());
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(1).Repeat(-1));
    }

    [Fact]
    public void A_training_loop_sees_batches()
    {
        var x = Tensor.Zeros([40, 3]);
        var y = Tensor.From(Enumerable.Range(0, 40).ToArray(), [40]);
        IBatches batches = Dataset.From(x, y).Batch(16);
        Assert.Equal(3, batches.BatchCount);
        Assert.Equal([16, 16, 8], batches.Epoch(0).Select(b => b.Count));
        Assert.Equal(16, batches.Epoch(0, skip: 1).First().Targets[0].ToArray<int>()[0]);

        IBatches rows = Dataset.From(x, y); // Keras's default size
        Assert.Equal([32, 8], rows.Epoch(0).Select(b => b.Count));
        IBatches inputs = Dataset.From(x).Batch(40);
        Assert.Empty(inputs.Epoch(0).Single().Targets);
        IBatches weighted = Dataset.From(x, y, Tensor.Ones([40])).Batch(40);
        Assert.Equal(Shape.Of(40), weighted.Epoch(0).Single().Weights![0].Shape);
    }

    [Fact]
    public void Elements_that_are_no_batches_are_refused_by_a_training_loop()
    {
        IBatches single = Numbers(3).Map(i => (Tensor.Zeros([4]), Tensor.Scalar(i)));
        Assert.Contains("call Batch(size) first", Assert.Throws<ShapeException>(() => single.Epoch(0).First()).Message);
        IBatches other = Numbers(3);
        Assert.Contains("System.Int32 are no batches", Assert.Throws<StrataException>(() => other.Epoch(0).First()).Message);
    }

    [Fact]
    public void A_negative_position_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(3).Position = new(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(3).Epoch(0, -1));
    }
}
