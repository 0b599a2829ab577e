using Strata.Threading;

namespace Strata.Tests.Threading;

public sealed class WorkersTests
{
    readonly struct Mark(int[] seen) : IRangeWork
    {
        public void Run(long start, long end)
        {
            for (var i = start; i < end; i++) Interlocked.Increment(ref seen[i]);
        }
    }

    readonly struct Fail : IRangeWork
    {
        public void Run(long start, long end) => throw new InvalidOperationException("on purpose");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_item_is_done_once(int count)
    {
        for (var round = 0; round < 50; round++)
        {
            var seen = new int[count];
            Workers.For(count, 1, new Mark(seen));
            Assert.All(seen, n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void A_failure_in_a_part_reaches_the_caller_and_leaves_the_workers_usable()
    {
        Assert.ThrowsAny<Exception>(() => Workers.For(100, 1, default(Fail)));
        Every_item_is_done_once(100);
    }
}
