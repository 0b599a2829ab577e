using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>How far predictions are from targets: one number an example, of which training takes the mean.</summary>
/// <remarks>Keras's list and formulas; unless noted the mean over the last axis. A loss of your own:
/// <c>Loss.Of("cubic", (y, p) =&gt; ((y - p) * (y - p) * (y - p)).Mean(-1))</c>.</remarks>
public abstract class Loss(string name) : IConfigurable
{
    /// <summary>The loss of a name that Keras knows, or one registered in <see cref="CustomObjects"/>: <c>"mse"</c>.</summary>
    /// <exception cref="ConfigException">There is none of this name.</exception>
    public static implicit operator Loss(string name) => CustomObjects.Named<Loss>(name);

    /// <inheritdoc/>
    public virtual JsonObject GetConfig() => [];

    /// <summary>The name in messages and, as a metric, in logs: <c>mean_squared_error</c>.</summary>
    public string Name { get; } = name;

    /// <summary>mean (y − p)².</summary>
    public static Loss MeanSquaredError { get; } = Of("mean_squared_error", (y, p) => (p - y).Square().Mean(-1));

    /// <summary>mean |y − p|.</summary>
    public static Loss MeanAbsoluteError { get; } = Of("mean_absolute_error", (y, p) => (p - y).Abs().Mean(-1));

    /// <summary>100·mean |y − p|/max(|y|, ε).</summary>
    public static Loss MeanAbsolutePercentageError { get; } =
        Of("mean_absolute_percentage_error", (y, p) => ((y - p) / AtLeastEpsilon(y.Abs())).Abs().Mean(-1) * 100);

    /// <summary>mean (ln(1 + max(y, ε)) − ln(1 + max(p, ε)))².</summary>
    public static Loss MeanSquaredLogarithmicError { get; } =
        Of("mean_squared_logarithmic_error", (y, p) => ((AtLeastEpsilon(p) + 1).Log() - (AtLeastEpsilon(y) + 1).Log()).Square().Mean(-1));

    /// <summary>mean max(1 − y·p, 0), with y in {−1, 1}.</summary>
    public static Loss Hinge { get; } = Of("hinge", (y, p) => (1 - (y * p)).Relu().Mean(-1));

    /// <summary>mean max(1 − y·p, 0)², with y in {−1, 1}.</summary>
    public static Loss SquaredHinge { get; } = Of("squared_hinge", (y, p) => (1 - (y * p)).Relu().Square().Mean(-1));

    /// <summary>max(0, max (1 − y)p − Σ y·p + 1), with y one-hot.</summary>
    public static Loss CategoricalHinge { get; } =
        Of("categorical_hinge", (y, p) => (((1 - y) * p).Max(-1) - (y * p).Sum(-1) + 1).Relu());

    /// <summary>mean ln cosh(p − y), as d + softplus(−2d) − ln 2.</summary>
    public static Loss LogCosh { get; } = Of("logcosh", (y, p) =>
    {
        var d = p - y;
        return (d + (d * -2).Softplus() - Math.Log(2)).Mean(-1);
    });

    /// <summary>Σ y·ln(y/p), both clipped to [ε, 1].</summary>
    public static Loss KullbackLeiblerDivergence { get; } = Of("kullback_leibler_divergence", (y, p) =>
    {
        var (u, v) = (y.Clip(Numerics.Epsilon, 1), p.Clip(Numerics.Epsilon, 1));
        return (u * (u / v).Log()).Sum(-1);
    });

    /// <summary>mean (p − y·ln(p + ε)).</summary>
    public static Loss Poisson { get; } = Of("poisson", (y, p) => (p - (y * (p + Numerics.Epsilon).Log())).Mean(-1));

    /// <summary>−Σ ŷ·p̂ of the vectors scaled to length 1: −1 where they point the same way.</summary>
    public static Loss CosineProximity { get; } = Of("cosine_proximity", (y, p) => -(Unit(y) * Unit(p)).Sum(-1));

    /// <summary>mean of d²/2 where |d| ≤ 1, else |d| − ½ (Huber 1964); see <see cref="Nn.Huber"/> for another bound.</summary>
    public static Loss Huber { get; } = new Huber();

    /// <summary>−mean (y·ln p + (1 − y)·ln(1 − p)) of probabilities; see <see cref="Nn.BinaryCrossentropy"/> for logits.</summary>
    public static Loss BinaryCrossentropy { get; } = new BinaryCrossentropy();

    /// <summary>−Σ y·ln p of probabilities, y one-hot or a distribution; see <see cref="Nn.CategoricalCrossentropy"/> for logits.</summary>
    public static Loss CategoricalCrossentropy { get; } = new CategoricalCrossentropy();

    /// <summary>−ln p_y of probabilities, y the number of the class; see <see cref="Nn.SparseCategoricalCrossentropy"/> for logits.</summary>
    public static Loss SparseCategoricalCrossentropy { get; } = new SparseCategoricalCrossentropy();

    /// <summary>A loss of your own.</summary>
    /// <param name="name">Its name in messages and logs.</param>
    /// <param name="f">From targets and predictions of one shape [n, …, d] to losses [n, …].</param>
    public static Loss Of(string name, Func<Tensor, Tensor, Tensor> f) => new LossFunction(name, f);

    /// <summary>The mean loss: a scalar.</summary>
    /// <param name="targets">What the predictions should be.</param>
    /// <param name="predictions">[n, …].</param>
    /// <param name="weights">How much each example counts, [n] (or [n, t] for the steps of sequences): losses are multiplied by them and divided by
    /// the share of weights that are not 0, as in Keras.</param>
    /// <exception cref="ShapeException">The shapes do not fit; the message names the loss.</exception>
    public Tensor Apply(Tensor targets, Tensor predictions, Tensor? weights = null) => WeightedMean.Of(PerExample(targets, predictions), null, weights, Name);

    /// <summary>The losses one by one: predictions [n, …, d] give [n, …]; a vector of predictions [n] is taken as [n, 1].</summary>
    /// <exception cref="ShapeException">The shapes do not fit; the message names the loss.</exception>
    public Tensor PerExample(Tensor targets, Tensor predictions)
    {
        if (!predictions.DType.IsFloating()) throw new ShapeException($"{Name}: predictions must be floating-point, but they are {predictions.Type}.");
        if (predictions.Rank == 1) predictions = predictions.Reshape(-1, 1);
        return Call(Fit(targets, predictions), predictions);
    }

    /// <summary>Computes the losses of targets that <see cref="Fit"/> the predictions.</summary>
    protected abstract Tensor Call(Tensor targets, Tensor predictions);

    /// <summary>Brings targets into the form that the loss works on; by default the shape and type of the predictions.</summary>
    /// <exception cref="ShapeException">They cannot be brought there.</exception>
    protected virtual Tensor Fit(Tensor targets, Tensor predictions)
    {
        if (targets.Shape != predictions.Shape)
        {
            // A vector of targets for a column of predictions would broadcast to a square; it is meant as a column.
            if (predictions.Shape[^1] != 1 || targets.Shape.Concat([1]) != predictions.Shape)
                throw new ShapeException($"{Name}: targets are {targets.Shape}, but predictions are {predictions.Shape}; they must have the same shape.");
            targets = targets.Reshape(predictions.Shape.Span);
        }

        return targets.Cast(predictions.DType);
    }

    /// <summary>The activation whose logits this loss can take in place of its result, if any.</summary>
    internal virtual string? LogitsActivation => null;

    /// <summary>The losses from logits, by a formula that is stable where probabilities are 0 or 1 to machine precision.</summary>
    internal virtual Tensor FromLogits(Tensor targets, Tensor logits) => throw new NotSupportedException($"{Name} takes no logits.");

    /// <summary>The mean loss without the steps that the predictions' mask leaves out, by way of the logits if the predictions came straight out
    /// of the activation that belongs to this loss.</summary>
    internal Tensor Apply(Tensor targets, Tensor predictions, Tensor? weights, CallContext context) =>
        WeightedMean.Of(
            LogitsActivation is { } activation && context.LogitsOf(predictions, activation) is { Rank: > 1 } logits
                ? FromLogits(Fit(targets, logits), logits)
                : PerExample(targets, predictions),
            context.MaskOf(predictions),
            weights,
            Name);

    static Tensor AtLeastEpsilon(Tensor x) => Tensor.Maximum(x, Tensor.Scalar(Numerics.Epsilon, x.DType));

    static Tensor Unit(Tensor x) => x / Tensor.Maximum(x.Square().Sum(-1, keepDims: true), Tensor.Scalar(1e-12, x.DType)).Sqrt();

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
