namespace Strata.Nn;

/// <summary>The mean of a function of targets and predictions over all examples.</summary>
internal class MeanMetric(string name, Func<Tensor, Tensor, Tensor> f) : Metric(name), INamedFunction
{
    readonly RunningMean mean = new();

    public virtual string? FunctionName
    {
        get
        {
            CustomObjects.Named<Metric>(Name); // only what can be made again may be written
            return Name;
        }
    }

    public override double Result => mean.Value;

    public override void Reset() => mean.Reset();

    public override void Update(Tensor targets, Tensor predictions, Tensor? mask = null, Tensor? weights = null) =>
        Gather(Measure(targets, predictions, mask, weights), predictions.Shape[0]);

    internal override Tensor Measure(Tensor targets, Tensor predictions, Tensor? mask, Tensor? weights) =>
        WeightedMean.Of(f(targets, predictions), mask, weights, Name);

    internal override void Gather(Tensor measured, int examples) => mean.Add(measured, examples);

    internal override Metric Copy() => new MeanMetric(Name, f);

    protected internal override void Save(State state) => mean.Save(state);

    protected internal override void Load(State state) => mean.Load(state);
}
