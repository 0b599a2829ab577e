namespace Strata.Nn.Tests.Losses;

/// <summary>Values of the catalogue, B6: y = (0, 1, 1), p = (.2, .7, .4).</summary>
public sealed class LossTests
{
    static readonly Tensor y = Check.Matrix([0, 1, 1]).Cast(DType.Float64).Keep();
    static readonly Tensor p = Tensor.From(new double[,] { { .2, .7, .4 } }).Keep();

    [Fact]
    public void Losses_have_the_hand_values()
    {
        Value(.16333333, Loss.MeanSquaredError);
        Value(.36666667, Loss.MeanAbsoluteError);
        Value(66666696.7, Loss.MeanAbsolutePercentageError, 1e-5);
        Value(.06229018, Loss.MeanSquaredLogarithmicError);
        Value(.63333333, Loss.Hinge);
        Value(.48333333, Loss.SquaredHinge);
        Value(.07811471, Loss.LogCosh);
        Value(.49870308, Loss.BinaryCrossentropy);
        Value(1.27296422, Loss.KullbackLeiblerDivergence);
        Value(.85765509, Loss.Poisson);
        Value(-.93638218, Loss.CosineProximity);
        Value(((.5 * .04) + (.5 * .09) + (.5 * .36)) / 3, Loss.Huber);
        Value(((.1 * (.2 - .05)) + (.1 * (.3 - .05)) + (.1 * (.6 - .05))) / 3, new Huber(.1));
    }

    [Fact]
    public void Categorical_hinge_has_the_hand_value() => Check.Close(
        1.35, Loss.CategoricalHinge.Apply(Check.Matrix([0, 1, 0], [1, 0, 0]), Check.Matrix([.3, .2, .1], [.1, .2, .7])).Item());

    [Fact]
    public void Crossentropies_scale_probabilities_to_sum_1_and_agree()
    {
        var oneHot = Tensor.From(new double[,] { { 0, 1, 0 } });
        Check.Close(.61903921, Loss.CategoricalCrossentropy.Apply(oneHot, p).Item());
        var scaled = p / 1.3;
        var expected = Loss.CategoricalCrossentropy.Apply(oneHot, scaled).Item();
        Check.Close(expected, Loss.SparseCategoricalCrossentropy.Apply(Tensor.From(1), scaled).Item());
        Check.Close(expected, Loss.SparseCategoricalCrossentropy.Apply(Tensor.From(new[,] { { 1L } }), scaled).Item());
        Check.Close(expected, new SparseCategoricalCrossentropy(fromLogits: true).Apply(Tensor.From(1), scaled.Log()).Item());
        Check.Close(expected, new CategoricalCrossentropy(fromLogits: true).Apply(oneHot, scaled.Log()).Item());
    }

    [Fact]
    public void Probabilities_0_and_1_are_clipped_as_in_Keras()
    {
        var sure = Tensor.From(new double[,] { { 1, 0 } });
        Check.Close(-Math.Log(1e-7), Loss.CategoricalCrossentropy.Apply(Tensor.From(new double[,] { { 0, 1 } }), sure).Item(), 1e-6);
        Check.Close(-Math.Log(1e-7), Loss.BinaryCrossentropy.Apply(Tensor.From(new double[,] { { 0, 1 } }), sure).Item(), 1e-6);
    }

    [Fact]
    public void Labels_are_smoothed()
    {
        var byHand = Tensor.From(new double[,] { { .1 / 3, .9 + (.1 / 3), .1 / 3 } }); // (0, 1, 0)·.9 + .1/3
        Check.Close(
            Loss.CategoricalCrossentropy.Apply(byHand, p).Item(),
            new CategoricalCrossentropy(labelSmoothing: .1).Apply(Tensor.From(new double[,] { { 0, 1, 0 } }), p).Item(),
            1e-12);
    }

    [Fact]
    public void Weights_multiply_and_are_divided_by_the_share_that_is_not_0()
    {
        var losses = Loss.Of("itself", (_, p) => p.Mean(-1));
        var values = Check.Matrix([1], [2], [3]);
        Check.Close(3.5, losses.Apply(values, values, Tensor.From(1f, 0f, 2f)).Item());
        Check.Close(2, losses.Apply(values, values).Item());
    }

    [Fact]
    public void Targets_that_do_not_fit_are_told_apart()
    {
        var logits = Tensor.Zeros([4, 3]);
        Check.Fails(
            "mean_squared_error: targets are [4], but predictions are [4, 3]; they must have the same shape.",
            () => Loss.MeanSquaredError.Apply(Tensor.Zeros([4]), logits));
        Check.Fails(
            "categorical_crossentropy: targets are int32 [4], which look like numbers of classes; use SparseCategoricalCrossentropy, or OneHot(3) on them.",
            () => Loss.CategoricalCrossentropy.Apply(Tensor.Zeros([4], DType.Int32), logits));
        Check.Fails(
            "sparse_categorical_crossentropy: targets are [4, 3] like the predictions; one-hot targets need CategoricalCrossentropy.",
            () => Loss.SparseCategoricalCrossentropy.Apply(Tensor.Zeros([4, 3]), logits));
        Check.Fails(
            "sparse_categorical_crossentropy: targets are [5], but predictions [4, 3] need targets [4].",
            () => Loss.SparseCategoricalCrossentropy.Apply(Tensor.Zeros([5], DType.Int32), logits));
        Check.Fails(
            "mean_squared_error: weights are [3], but there are losses [4].",
            () => Loss.MeanSquaredError.Apply(logits, logits, Tensor.Ones([3])));
    }

    [Fact]
    public void A_vector_of_targets_fits_a_column_of_predictions() =>
        Check.Close(0.5, Loss.MeanSquaredError.Apply(Tensor.From(1f, 2f), Check.Matrix([1], [3])).Item());

    static void Value(double expected, Loss loss, double tolerance = 2e-6) => Check.Close(expected, loss.Apply(y, p).Item(), tolerance);
}
