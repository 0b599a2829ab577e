namespace Strata.Data.Tests.Text;

public sealed class SequenceTests
{
    static readonly int[][] three = [[1], [2, 3], [4, 5, 6]];

    [Fact]
    public void Padding_keeps_the_last_items_unless_told_otherwise()
    {
        Assert.Equal([0, 1, 2, 3, 5, 6], PadSequences.Of(three, 2).ToArray<int>());
        Assert.Equal([1, 0, 2, 3, 4, 5], PadSequences.Of(three, 2, SequenceEnd.Post, SequenceEnd.Post).ToArray<int>());
        Assert.Equal([9, 9, 1, 9, 2, 3, 4, 5, 6], PadSequences.Of(three, value: 9).ToArray<int>());
        Assert.Equal(Shape.Of(0, 0), PadSequences.Of([]).Shape);
    }

    [Fact]
    public void Skip_grams_are_the_pairs_within_the_window()
    {
        var (couples, labels) = SkipGrams.Of([1, 2, 0, 3], 4, windowSize: 1, negativeSamples: 0, shuffle: false);
        Assert.Equal([(1, 2), (2, 1)], couples);
        Assert.Equal([1, 1], labels);
        (couples, labels) = SkipGrams.Of([1, 2, 3, 4, 5], 6, windowSize: 2, shuffle: false);
        Assert.Equal(14, labels.Count(l => l == 1));
        Assert.Equal(14, labels.Count(l => l == 0));
        Assert.All(couples.Take(14), c => Assert.InRange(Math.Abs(c.Word - c.Other), 1, 2));
        Assert.All(couples.Skip(14), c => Assert.InRange(c.Other, 1, 5));
        Assert.Equal(couples.Take(14).Select(c => c.Word).Order(), couples.Skip(14).Select(c => c.Word).Order());
        var mixed = SkipGrams.Of([1, 2, 3, 4, 5], 6, windowSize: 2);
        Assert.NotEqual(labels, mixed.Labels);
        Assert.Equal(mixed.Couples, SkipGrams.Of([1, 2, 3, 4, 5], 6, windowSize: 2).Couples);
        Assert.Empty(SkipGrams.Of([1, 2, 3], 4, samplingTable: [0, 0, 0, 0]).Couples);
    }

    [Fact]
    public void The_sampling_table_drops_frequent_words()
    {
        var table = SamplingTable.Of(100_000);
        Assert.Equal(Math.Sqrt(1e-5 * (.577 + .5 - (1 / 12.0))), table[0], 1e-15);
        Assert.Equal(table[0], table[1]);
        Assert.Equal(Math.Sqrt(1e-5 * ((10 * (Math.Log(10) + .577)) + .5 - (1 / 120.0))), table[10], 1e-15);
        Assert.Equal(1, table[^1]);
        Assert.Equal(table.Order(), table);
    }

    [Fact]
    public void A_time_series_gives_windows_and_what_comes_after()
    {
        var series = Tensor.Arange(50);
        var windows = new TimeseriesGenerator(series, series, 10, samplingRate: 2, batchSize: 2);
        Assert.Equal(20, windows.BatchCount);
        var batches = windows.Epoch(0).ToArray();
        Assert.Equal([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], batches[0].Inputs[0].ToArray<int>());
        Assert.Equal([10, 11], batches[0].Targets[0].ToArray<int>());
        Assert.Equal([48, 49], batches[^1].Targets[0].ToArray<int>());
        Assert.Equal([12, 13], windows.Epoch(0, skip: 1).First().Targets[0].ToArray<int>());

        var other = new TimeseriesGenerator(series, series, 3, stride: 4, startIndex: 5, endIndex: 20, reverse: true, batchSize: 3).Epoch(0).ToArray();
        Assert.Equal([7, 6, 5, 11, 10, 9, 15, 14, 13], other[0].Inputs[0].ToArray<int>());
        Assert.Equal([20], other[1].Targets[0].ToArray<int>());

        var mixed = new TimeseriesGenerator(series, series, 10, shuffleSeed: 1);
        int[] Order(int epoch) => mixed.Epoch(epoch).Single().Targets[0].ToArray<int>();
        Assert.Equal(Enumerable.Range(10, 40), Order(0).Order());
        Assert.NotEqual(Order(0), Order(1));
        Assert.Equal(Order(1), Order(1));
        Assert.Equal(
            "TimeseriesGenerator: no window of 50 and the step after it fits between the steps 0 and 49 of 50.",
            Assert.Throws<ShapeException>(() => new TimeseriesGenerator(series, series, 50)).Message);
    }

    [Fact]
    public void Buckets_hold_sequences_of_about_the_same_length()
    {
        int[][] sequences = [[1], [2, 2, 2], [3, 3], [4, 4, 4, 4, 4], [5], [6]];
        var buckets = new BucketedSequences(sequences, Tensor.Arange(6), [2, 4], batchSize: 3);
        Assert.Equal(4, buckets.BatchCount);
        var batches = buckets.Epoch(0).ToArray();
        Assert.Equal([Shape.Of(3, 2), Shape.Of(1, 2), Shape.Of(1, 4), Shape.Of(1, 5)], batches.Select(b => b.Inputs[0].Shape));
        Assert.Equal([1, 0, 3, 3, 5, 0], batches[0].Inputs[0].ToArray<int>());
        Assert.Equal([0, 2, 4], batches[0].Targets[0].ToArray<int>());

        var mixed = new BucketedSequences(sequences, Tensor.Arange(6), [2, 4], batchSize: 3, shuffleSeed: 2);
        Assert.Equal([0, 1, 2, 3, 4, 5], mixed.Epoch(3).SelectMany(b => b.Targets[0].ToArray<int>()).Order());
        Assert.Equal(
            mixed.Epoch(3).Skip(2).Select(b => b.Targets[0].ToArray<int>()),
            mixed.Epoch(3, skip: 2).Select(b => b.Targets[0].ToArray<int>()));
        Assert.Throws<ArgumentException>(() => new BucketedSequences(sequences, null, [4, 2]));
        Assert.Throws<ShapeException>(() => new BucketedSequences(sequences, Tensor.Arange(5), [4]));
    }
}
