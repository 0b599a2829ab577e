namespace Strata.Nn;

/// <summary>The mean of a function of targets and predictions over all examples.</summary>
internal sealed class MeanMetric(string name, Func<Tensor, Tensor, Tensor> f) : Metric(name)
{
    double sum;
    long count;

    public override double Result => count == 0 ? 0 : sum / count;

    public override void Reset() => (sum, count) = (0, 0);

    public override void Update(Tensor targets, Tensor predictions, Tensor? mask, Tensor? weights) =>
        Gather(Measure(targets, predictions, mask, weights), predictions.Shape[0]);

    internal override Tensor Measure(Tensor targets, Tensor predictions, Tensor? mask, Tensor? weights) =>
        WeightedMean.Of(f(targets, predictions), mask, weights, Name);

    internal override void Gather(Tensor measured, int examples)
    {
        sum += measured.Item() * examples;
        count += examples;
    }

    protected internal override void Save(State state)
    {
        state.Put("sum", sum);
        state.Put("count", count);
    }

    protected internal override void Load(State state) => (sum, count) = (state.Double("sum"), state.Integer("count"));
}
