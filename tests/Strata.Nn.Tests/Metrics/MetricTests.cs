namespace Strata.Nn.Tests.Metrics;

public sealed class MetricTests
{
    static readonly Tensor y = Check.Matrix([0, 1, 0], [1, 0, 0]).Keep();
    static readonly Tensor p = Check.Matrix([.1, .9, .8], [.05, .95, 0]).Keep();

    [Fact]
    public void Top_k_accuracies_have_the_hand_values()
    {
        Value(.5, Metric.TopKCategoricalAccuracy(1));
        Value(1, Metric.TopKCategoricalAccuracy(2));
        Value(1, Metric.TopKCategoricalAccuracy(3));
        Value(.5, Metric.SparseTopKCategoricalAccuracy(1), Tensor.From(1, 0));
        Value(1, Metric.SparseTopKCategoricalAccuracy(2), Tensor.From(1, 0));
    }

    [Fact]
    public void Accuracies_compare_the_largest_elements()
    {
        Value(.5, Metric.CategoricalAccuracy);
        Value(.5, Metric.SparseCategoricalAccuracy, Tensor.From(1, 0));
        Value(.5, Metric.SparseCategoricalAccuracy, Tensor.From(new[,] { { 1L }, { 0L } }));
    }

    [Fact]
    public void A_half_counts_as_0_in_binary_accuracy()
    {
        var metric = Metric.BinaryAccuracy;
        metric.Update(Check.Matrix([0], [1], [1], [0]), Check.Matrix([.5], [.5], [.9], [.6]));
        Assert.Equal(.5, metric.Result);
    }

    [Fact]
    public void Accuracy_takes_the_form_that_fits_output_and_loss()
    {
        Assert.Equal(.5, Resolved(Loss.CategoricalCrossentropy, [3], y, p));
        Assert.Equal(.5, Resolved(Loss.SparseCategoricalCrossentropy, [3], Tensor.From(1, 0), p));
        Assert.Equal(3 / 6.0, Resolved(Loss.BinaryCrossentropy, [3], y, p));
        Assert.Equal(2 / 3.0, Resolved(Loss.BinaryCrossentropy, [3], y[0..1], p[0..1]), 1e-6); // the .8 is wrong
        Assert.Equal(1, Resolved(Loss.MeanSquaredError, [1], Tensor.From(0f, 1f), Check.Matrix([.1], [.9])));
        Assert.Contains("outside of Compile", Assert.Throws<StrataException>(() => Metric.Accuracy.Result).Message);
    }

    [Fact]
    public void A_metric_is_the_mean_over_all_examples_of_all_batches()
    {
        Metric metric = Loss.MeanAbsoluteError;
        Assert.Equal("mean_absolute_error", metric.Name);
        metric.Update(Check.Matrix([0], [0], [0]), Check.Matrix([1], [1], [1]));
        metric.Update(Check.Matrix([0]), Check.Matrix([5]));
        Assert.Equal(2, metric.Result);
        metric.Reset();
        Assert.Equal(0, metric.Result);
    }

    static double Resolved(Loss loss, Shape output, Tensor y, Tensor p)
    {
        var metric = Metric.Accuracy.Resolve(loss, output);
        metric.Update(y, p);
        Assert.Equal("acc", metric.Name);
        return metric.Result;
    }

    static void Value(double expected, Metric metric, Tensor? targets = null)
    {
        metric.Update(targets ?? y, p);
        Assert.Equal(expected, metric.Result);
    }
}
