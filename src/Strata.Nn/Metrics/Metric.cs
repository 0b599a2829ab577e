using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A number by which a model is judged: gathered batch by batch, begun anew each epoch.</summary>
public abstract class Metric : IConfigurable
{
    /// <summary>The metric of a name that Keras knows, or one registered in <see cref="CustomObjects"/>: <c>"accuracy"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Metric(string name) => CustomObjects.Named<Metric>(name);

    /// <inheritdoc/>
    public virtual JsonObject GetConfig() => [];

    /// <summary>Creates a metric.</summary>
    protected Metric(string name) => Name = name;

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>The share of right answers, in the form that fits the output and the loss: <see cref="BinaryAccuracy"/>,
    /// <see cref="SparseCategoricalAccuracy"/> or <see cref="CategoricalAccuracy"/>. Logged as <c>acc</c>.</summary>
    public static Metric Accuracy => new Accuracy();

    /// <summary>The share of probabilities that lie on the side of ½ where their target is (½ itself counts as 0).</summary>
    public static Metric BinaryAccuracy => Of("binary_accuracy", MetricFunctions.BinaryAccuracy);

    /// <summary>The share of rows whose largest element is where the target's is.</summary>
    public static Metric CategoricalAccuracy => Of("categorical_accuracy", MetricFunctions.CategoricalAccuracy);

    /// <summary>The share of rows whose largest element is at the place that the target names.</summary>
    public static Metric SparseCategoricalAccuracy => Of("sparse_categorical_accuracy", MetricFunctions.SparseCategoricalAccuracy);

    /// <summary>The share of rows with the one of a one-hot target among the <paramref name="k"/> largest elements.</summary>
    public static Metric TopKCategoricalAccuracy(int k = 5) => new TopKAccuracy(k, sparse: false);

    /// <summary>The share of rows with the class that the target names among the <paramref name="k"/> largest elements.</summary>
    public static Metric SparseTopKCategoricalAccuracy(int k = 5) => new TopKAccuracy(k, sparse: true);

    /// <summary>The mean of a function of targets and predictions that gives a number an example.</summary>
    public static Metric Of(string name, Func<Tensor, Tensor, Tensor> f) => new MeanMetric(name, f);

    /// <summary>The mean of a loss.</summary>
    public static implicit operator Metric(Loss loss) => new LossMetric(loss);

    /// <summary>The value over what was gathered since <see cref="Reset"/>.</summary>
    public abstract double Result { get; }

    /// <summary>Begins anew.</summary>
    public abstract void Reset();

    /// <summary>Adds a batch.</summary>
    /// <param name="targets">What the predictions should be.</param>
    /// <param name="predictions">[n, …].</param>
    /// <param name="mask">Which steps of the predictions count, bools [n, steps]; null: all.</param>
    /// <param name="weights">How much each example counts, for weighted metrics; null: all alike.</param>
    public abstract void Update(Tensor targets, Tensor predictions, Tensor? mask = null, Tensor? weights = null);

    /// <summary>What a compiled step finds out about a batch, in tensor operations, for <see cref="Gather"/>; null if the metric has no such form:
    /// then <see cref="Update"/> sees the step's outputs.</summary>
    internal virtual Tensor? Measure(Tensor targets, Tensor predictions, Tensor? mask, Tensor? weights) => null;

    /// <summary>Adds what <see cref="Measure"/> found out about a batch.</summary>
    internal virtual void Gather(Tensor measured, int examples)
    {
    }

    /// <summary>The same metric with nothing gathered, for another output.</summary>
    internal virtual Metric Copy() => throw new StrataException($"{Name}: it cannot watch several outputs at once; give each output a metric of its own.");

    /// <summary>The metric that is meant for a model with this loss and predictions of this shape (without the axis of examples).</summary>
    internal virtual Metric Resolve(Loss loss, Shape predictions) => this;

    /// <summary>Writes what was gathered, for a checkpoint in the middle of an epoch.</summary>
    protected internal abstract void Save(State state);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    protected internal abstract void Load(State state);
}
