namespace Strata.Data.Tests.Preparation;

public sealed class PreparationTests
{
    [Fact]
    public void Labels_become_rows_with_a_single_one()
    {
        foreach (var labels in (Tensor[])[Tensor.From(2, 0), Tensor.From(new[,] { { 2 }, { 0 } })])
        {
            var y = Data.Preparation.ToCategorical(labels);
            Assert.Equal(Shape.Of(2, 3), y.Shape);
            Assert.Equal([0, 0, 1, 1, 0, 0], y.ToArray<float>());
        }

        Assert.Equal(Shape.Of(2, 5), Data.Preparation.ToCategorical(Tensor.From(2, 0), 5).Shape);
    }

    [Fact]
    public void Rows_become_of_length_1_and_zeros_stay()
    {
        var x = Tensor.From(new float[,] { { 3, 4 }, { 0, 0 }, { -1, 1 } });
        Assert.Equal([.6f, .8f, 0, 0, -.70710678f, .70710678f], Data.Preparation.Normalize(x).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([3 / 7f, 4 / 7f, 0, 0, -.5f, .5f], Data.Preparation.Normalize(x, order: 1).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1, 1, 0, 0, -1 / 3f, .25f], Data.Preparation.Normalize(x, axis: 0, order: double.PositiveInfinity).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Equal("ToCategorical: the labels are float32 [1], expected integers.", Assert.Throws<ShapeException>(() => Data.Preparation.ToCategorical(Tensor.From(1f))).Message);
        Assert.Equal("ToCategorical: the labels go from -1 to 3; of 3 classes they are 0 to 2.", Assert.Throws<ShapeException>(() => Data.Preparation.ToCategorical(Tensor.From(-1, 3), 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.Preparation.Normalize(Tensor.From(1f), order: 0));
    }
}
