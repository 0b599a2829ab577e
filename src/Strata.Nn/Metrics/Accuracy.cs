namespace Strata.Nn;

/// <summary>Stands for the accuracy that fits output and loss; see <see cref="Metric.Accuracy"/>.</summary>
internal sealed class Accuracy() : Metric("acc"), INamedFunction
{
    public string? FunctionName => Name;

    public override double Result => throw Unresolved();

    public override void Reset() => throw Unresolved();

    public override void Update(Tensor targets, Tensor predictions, Tensor? mask, Tensor? weights) => throw Unresolved();

    internal override Metric Copy() => this;

    internal override Metric Resolve(Loss loss, Shape predictions) => Of(
        Name,
        predictions.Rank == 0 || predictions[^1] == 1 || loss is BinaryCrossentropy ? MetricFunctions.BinaryAccuracy
        : loss is SparseCategoricalCrossentropy ? MetricFunctions.SparseCategoricalAccuracy
        : MetricFunctions.CategoricalAccuracy);

    protected internal override void Save(State state) => throw Unresolved();

    protected internal override void Load(State state) => throw Unresolved();

    static StrataException Unresolved() => new(
        "Metric.Accuracy: outside of Compile it does not know which accuracy is meant; use BinaryAccuracy, CategoricalAccuracy or SparseCategoricalAccuracy.");
}
