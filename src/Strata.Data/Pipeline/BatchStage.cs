namespace Strata.Data;

/// <summary>Combines each run of so many elements into one.</summary>
sealed class BatchStage<T, TBatch> : Dataset<TBatch>
{
    readonly Dataset<T> source;
    readonly int size;
    readonly Func<IReadOnlyList<T>, TBatch> combine;
    readonly bool dropRemainder;

    public BatchStage(Dataset<T> source, int size, Func<IReadOnlyList<T>, TBatch> combine, bool dropRemainder)
    {
        CheckSize(size);
        (this.source, this.size, this.combine, this.dropRemainder) = (source, size, combine, dropRemainder);
    }

    public override long? Count => Length(source.Count, size, dropRemainder);

    public static void CheckSize(int size)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Batch: the size must be at least 1.");
    }

    public static long? Length(long? count, int size, bool dropRemainder) =>
        count is { } n ? n / size + (!dropRemainder && n % size != 0 ? 1 : 0) : null;

    protected internal override IEnumerable<TBatch> Enumerate(long epoch, long start)
    {
        var batch = new List<T>(size);
        foreach (var element in source.Enumerate(epoch, checked(start * size)))
        {
            batch.Add(element);
            if (batch.Count < size) continue;
            yield return combine(batch);
            batch = new(size);
        }

        if (batch.Count > 0 && !dropRemainder) yield return combine(batch);
    }
}
