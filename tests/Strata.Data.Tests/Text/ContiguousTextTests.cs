namespace Strata.Data.Tests.Text;

public sealed class ContiguousTextTests
{
    [Fact]
    public void Streams_go_on_from_window_to_window()
    {
        var windows = ContiguousText.Windows([.. Enumerable.Range(0, 12)], streams: 2, steps: 2).Epoch(0).ToArray();
        Assert.Equal(2, windows.Length);
        Assert.Equal([0, 1, 5, 6], windows[0].X.ToArray<int>());
        Assert.Equal([1, 2, 6, 7], windows[0].Y.ToArray<int>());
        Assert.Equal([2, 3, 7, 8], windows[1].X.ToArray<int>());
        Assert.Equal([3, 4, 8, 9], windows[1].Y.ToArray<int>());
        Assert.Equal(Shape.Of(2, 2), windows[0].X.Shape);
    }

    [Fact]
    public void A_text_too_short_for_a_window_is_refused() => Assert.Equal(
        "ContiguousText: 8 tokens are too few for 2 streams of 4 steps; there must be 9 at least.",
        Assert.Throws<StrataException>(() => ContiguousText.Windows(new int[8], 2, 4)).Message);
}
