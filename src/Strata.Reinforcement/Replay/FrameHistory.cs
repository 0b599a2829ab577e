namespace Strata.Reinforcement;

/// <summary>The last few observations as one, oldest first, with zeros for what was before the episode: pictures [h, w, c] become [h, w, k·c],
/// vectors [d] become [k·d].</summary>
public sealed class FrameHistory
{
    readonly byte[][] frames;
    readonly int group;
    int newest;

    /// <summary>A history of frames of a space.</summary>
    /// <param name="space">What a single observation is.</param>
    /// <param name="count">k, how many are put together, at least 1.</param>
    public FrameHistory(Space space, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        frames = new byte[count][];
        foreach (ref var frame in frames.AsSpan()) frame = new byte[space.Size * space.DType.Size()];
        group = GroupBytes(space);
        Shape = Stacked(space, count);
    }

    /// <summary>The shape of the observations put together.</summary>
    public Shape Shape { get; }

    /// <summary>How many are put together.</summary>
    public int Count => frames.Length;

    /// <summary>Begins an episode.</summary>
    /// <param name="frame">Its first observation.</param>
    public void Begin(ReadOnlySpan<byte> frame)
    {
        foreach (var old in frames) old.AsSpan().Clear();
        Push(frame);
    }

    /// <summary>Adds an observation and forgets the oldest.</summary>
    public void Push(ReadOnlySpan<byte> frame)
    {
        newest = (newest + 1) % frames.Length;
        frame.CopyTo(frames[newest]);
    }

    /// <summary>Writes the observations put together.</summary>
    public void CopyTo(Span<byte> destination)
    {
        for (var i = 0; i < frames.Length; i++) Interleave(frames[(newest + 1 + i) % frames.Length], destination, i, frames.Length, group);
    }

    /// <summary>The shape of <paramref name="count"/> observations put together.</summary>
    public static Shape Stacked(Space space, int count) =>
        space.Shape.Rank == 0 ? (count == 1 ? [] : [count]) : space.Shape.With(^1, space.Shape[^1] * count);

    /// <summary>The bytes that stay together: the channels of a pixel, or a whole vector.</summary>
    internal static int GroupBytes(Space space) => space.DType.Size() * (space.Shape.Rank == 0 ? 1 : space.Shape[^1]);

    internal static void Interleave(ReadOnlySpan<byte> frame, Span<byte> destination, int position, int count, int group)
    {
        if (count == 1)
        {
            frame.CopyTo(destination);
        }
        else if (group == 1)
        {
            for (int i = 0, to = position; i < frame.Length; i++, to += count) destination[to] = frame[i];
        }
        else
        {
            for (int from = 0, to = position * group; from < frame.Length; from += group, to += count * group) frame.Slice(from, group).CopyTo(destination[to..]);
        }
    }

    internal static void Clear(int frameBytes, Span<byte> destination, int position, int count, int group)
    {
        for (int from = 0, to = position * group; from < frameBytes; from += group, to += count * group) destination.Slice(to, group).Clear();
    }
}
