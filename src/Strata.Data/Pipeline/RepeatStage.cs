namespace Strata.Data;

/// <summary>Pass after pass of the source as one epoch. Pass r of epoch e is the source's epoch e·count + r; without end, its epoch e + r.</summary>
sealed class RepeatStage<T> : Dataset<T>
{
    readonly Dataset<T> source;
    readonly int? count;

    public RepeatStage(Dataset<T> source, int? count)
    {
        if (count < 0) throw new ArgumentOutOfRangeException(nameof(count), count, "Repeat: the count must be at least 0.");
        (this.source, this.count) = (source, count);
    }

    public override long? Count => source.Count == 0 || count == 0 ? 0 : checked(source.Count * count);

    protected internal override IEnumerable<T> Enumerate(long epoch, long start)
    {
        var pass = 0L;
        if (source.Count is > 0 and var length) (pass, start) = Math.DivRem(start, length);
        for (; count is null || pass < count; pass++)
        {
            var any = false;
            foreach (var element in source.Enumerate(epoch * (count ?? 1) + pass, source.Count is null ? 0 : start))
            {
                any = true;
                if (source.Count is null && start-- > 0) continue; // a source of unknown length is counted through
                yield return element;
            }

            if (!any && start <= 0) yield break; // an empty source would be repeated for ever
            if (source.Count is not null) start = 0;
        }
    }
}
