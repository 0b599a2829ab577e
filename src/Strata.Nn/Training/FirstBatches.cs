namespace Strata.Nn;

/// <summary>The first batches of each epoch of others.</summary>
internal sealed class FirstBatches(IBatches batches, int count) : IBatches
{
    public int? BatchCount => batches.BatchCount is { } all ? Math.Min(all, count) : count;

    public IEnumerable<Batch> Epoch(int epoch, int skip = 0) => batches.Epoch(epoch, skip).Take(Math.Max(0, count - skip));
}
