using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The share of rows with the class of the target among the k largest elements.</summary>
/// <param name="k">How many.</param>
/// <param name="sparse">Whether targets are numbers of classes and not one-hot.</param>
internal sealed class TopKAccuracy(int k, bool sparse) : MeanMetric(
    sparse ? "sparse_top_k_categorical_accuracy" : "top_k_categorical_accuracy",
    (y, p) => MetricFunctions.InTopK(sparse ? MetricFunctions.ClassNumbers(y, p) : y.ArgMax(-1), p, k))
{
    internal static TopKAccuracy FromConfig(Config c) => new(c.Int("k"), c.Bool("sparse"));

    public override string? FunctionName => null;

    public override JsonObject GetConfig() => new() { ["k"] = k, ["sparse"] = sparse };
}
