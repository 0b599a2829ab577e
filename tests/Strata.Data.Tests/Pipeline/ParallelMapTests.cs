namespace Strata.Data.Tests.Pipeline;

public class ParallelMapTests
{
    [Fact]
    public void Elements_come_in_order_whatever_takes_long()
    {
        var numbers = Dataset.From(Enumerable.Range(0, 100).ToArray() as IReadOnlyList<int>).MapParallel(i =>
        {
            if (i % 10 == 0) Thread.Sleep(2);
            return i * 2;
        }, threads: 3);
        Assert.Equal(100, numbers.Count);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i * 2), numbers);
    }

    [Fact]
    public void Random_numbers_are_those_of_Map()
    {
        Dataset<int> source = Dataset.From(Enumerable.Range(0, 50).ToArray() as IReadOnlyList<int>);
        Assert.Equal(source.Map((i, random) => i + random.NextDouble(), 7).Epoch(2, 5), source.MapParallel((i, random) => i + random.NextDouble(), 7, threads: 4).Epoch(2, 5));
    }

    [Fact]
    public void A_mistake_comes_in_its_turn_and_leaving_early_is_safe()
    {
        var numbers = Dataset.From(Enumerable.Range(0, 100).ToArray() as IReadOnlyList<int>).MapParallel(i => i == 5 ? throw new InvalidOperationException("five") : i, threads: 2);
        var seen = new List<int>();
        Assert.Equal("five", Assert.Throws<InvalidOperationException>(() => { foreach (var i in numbers) seen.Add(i); }).Message);
        Assert.Equal([0, 1, 2, 3, 4], seen);
        foreach (var i in numbers) if (i == 1) break;
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.MapParallel(i => i, threads: 0));
    }
}
