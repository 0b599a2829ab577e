namespace Strata.Data.Tests.Pipeline;

public class PrefetchTests
{
    [Fact]
    public void Elements_come_in_order_and_from_another_thread()
    {
        var threads = new HashSet<int>();
        var data = Dataset.Generate(i => { threads.Add(Environment.CurrentManagedThreadId); return i; }, 100).Prefetch(3);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), data);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
        Assert.Single(threads);
    }

    [Fact]
    public void No_more_is_computed_ahead_than_asked_for()
    {
        var computed = 0;
        using var full = new ManualResetEventSlim();
        using (var reader = Dataset.Generate(i => { if (Interlocked.Increment(ref computed) == 5) full.Set(); return i; }).Prefetch(3).GetEnumerator())
        {
            Assert.True(reader.MoveNext());
            Assert.True(full.Wait(TimeSpan.FromSeconds(30))); // one handed out, three waiting, one in hand
            Thread.Sleep(20);
            Assert.Equal(5, computed);
        }
    }

    [Fact]
    public void An_exception_comes_in_its_turn_with_its_type()
    {
        var data = Dataset.Generate(i => i < 5 ? i : throw new InvalidTimeZoneException("element 5"), 10).Prefetch(2);
        var seen = new List<long>();
        var error = Assert.Throws<InvalidTimeZoneException>(() =>
        {
            foreach (var i in data) seen.Add(i);
        });
        Assert.Equal("element 5", error.Message);
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }

    [Fact]
    public void Leaving_early_stops_the_thread_and_the_source()
    {
        var disposed = 0;
        Thread? thread = null;

        IEnumerable<int> Endless()
        {
            thread = Thread.CurrentThread;
            try
            {
                for (var i = 0; ; i++) yield return i;
            }
            finally
            {
                disposed++;
            }
        }

        foreach (var i in Dataset.From(Endless()).Prefetch(2))
            if (i == 10) break;
        Assert.Equal(1, disposed);
        Assert.False(thread!.IsAlive);
    }

    [Fact]
    public void Leaving_while_an_exception_waits_is_silent()
    {
        foreach (var i in Dataset.Generate(i => i < 2 ? i : throw new InvalidOperationException(), 10).Prefetch(5))
            if (i == 0) break;
    }

    [Fact]
    public void A_count_below_one_is_refused() =>
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.Generate(i => i).Prefetch(0)).Message);
}
