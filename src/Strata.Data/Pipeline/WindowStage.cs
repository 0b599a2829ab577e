namespace Strata.Data;

/// <summary>The elements first, first + step, … of each epoch, at most so many.</summary>
sealed class WindowStage<T> : Dataset<T>
{
    readonly Dataset<T> source;
    readonly long first, most, step;

    public WindowStage(Dataset<T> source, long first, long most, long step, string name)
    {
        if (first < 0 || most < 0) throw new ArgumentOutOfRangeException("count", $"{name}: the count must be at least 0.");
        (this.source, this.first, this.most, this.step) = (source, first, most, step);
    }

    public override long? Count => Length(source.Count, first, most, step);

    /// <summary>How many elements a window leaves of <paramref name="count"/>; null if that is unknown.</summary>
    public static long? Length(long? count, long first, long most, long step) =>
        count is { } n ? Math.Min(most, n <= first ? 0 : (n - first - 1) / step + 1) : null;

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        var left = most - start;
        if (left <= 0) yield break;
        var wait = 0L;
        foreach (var element in source.Enumerate(epoch, checked(first + start * step)))
        {
            if (wait-- > 0) continue;
            wait = step - 1;
            yield return element;
            if (--left == 0) yield break; // before the source computes another
        }
    }
}
