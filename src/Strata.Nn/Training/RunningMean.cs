namespace Strata.Nn;

/// <summary>A mean that is gathered batch by batch.</summary>
internal sealed class RunningMean
{
    double sum;
    long count;

    /// <summary>The mean; 0 before the first batch.</summary>
    public double Value => count == 0 ? 0 : sum / count;

    public void Reset() => (sum, count) = (0, 0);

    /// <summary>Adds the mean of a batch, a scalar, over so many examples.</summary>
    public void Add(Tensor mean, int examples)
    {
        sum += mean.Item() * examples;
        count += examples;
    }

    public void Save(State state)
    {
        state.Put("sum", sum);
        state.Put("count", count);
    }

    public void Load(State state) => (sum, count) = (state.Double("sum"), state.Integer("count"));
}
