namespace Strata.Nn;

/// <summary>A model of probabilities as a classifier: it learns from class labels, which may be any integers, and gives such labels.</summary>
/// <param name="create">Makes a compiled model with one output a class, or a single output for the second of two classes.</param>
public sealed class Classifier(Func<Model> create) : Estimator(create)
{
    /// <summary>The labels that were seen by <see cref="Estimator.Fit"/>, ascending: what the outputs stand for.</summary>
    public IReadOnlyList<int> Classes { get; private set; } = [];

    /// <summary>The label of each example: int32 [n].</summary>
    public override Tensor Predict(Tensor x)
    {
        var probabilities = PredictProbabilities(x);
        return Tensor.From(Classes.ToArray()).Gather(probabilities.ArgMax(-1));
    }

    /// <summary>The probability of each class: [n, classes], those of a single output p as [1 − p, p].</summary>
    public Tensor PredictProbabilities(Tensor x)
    {
        var p = Model.Predict(x, BatchSize);
        return p.Shape[^1] == 1 ? Tensor.Concatenate([1 - p, p], -1) : p;
    }

    /// <summary>The share of examples whose label is right.</summary>
    public override double Score(Tensor x, Tensor y) => Predict(x).EqualTo(y.Reshape(-1).Cast(DType.Int32)).Cast(DType.Float64).Mean().Item();

    private protected override Tensor Targets(Model model, Tensor y)
    {
        if (y.DType.IsFloating() || y.Size != y.Shape[0]) throw new ShapeException($"Classifier.Fit: the labels are {y.Type}, expected integers [n].");
        var labels = y.Cast(DType.Int32).ToArray<int>();
        int[] classes = [.. labels.Distinct().Order()];
        Classes = classes;
        var indices = Tensor.From(Array.ConvertAll(labels, label => Array.BinarySearch(classes, label)));
        return model.Objective.Losses[0] is CategoricalCrossentropy ? indices.OneHot(classes.Length) : indices;
    }
}
