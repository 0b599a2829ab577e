using Strata.Random;

namespace Strata.Data.Tests.Analysis;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void Points_on_a_line_differ_along_it_alone()
    {
        // (1, 2) + t·(.6, −.8) for t = −3 … 3: the variance along the line is (9 + 4 + 1)·2/7 = 4.
        var points = Tensor.From(Enumerable.Range(-3, 7).SelectMany(t => new[] { 1 + (.6 * t), 2 - (.8 * t) }).ToArray(), [7, 2]);
        var found = PrincipalComponents.Of(points);
        Near([1, 2], found.Mean);
        Near([-.6, .8, .8, .6], found.Directions); // the largest element is positive
        Near([4, 0], found.Variances);
        Near([3, 0, 2, 0, 1, 0, 0, 0, -1, 0, -2, 0, -3, 0], found.Project(points));
    }

    [Fact]
    public void Projections_have_the_variances_and_are_uncorrelated()
    {
        var points = new RandomStream(1).Normal([50, 6], dtype: DType.Float64).MatMul(new RandomStream(2).Normal([6, 6], dtype: DType.Float64));
        var found = PrincipalComponents.Of(points, 3);
        var places = found.Project(points);
        Near(found.Variances.DiagonalMatrix().ToArray<double>(), places.MatMul(places, transposeA: true) / 50);
        Near(Tensor.Eye(3, dtype: DType.Float64).ToArray<double>(), found.Directions.MatMul(found.Directions, transposeB: true));
    }

    [Fact]
    public void There_are_no_more_directions_than_points_or_axes() => Assert.Contains(
        "3 directions of points [7, 2]", Assert.Throws<ShapeException>(() => PrincipalComponents.Of(Tensor.Zeros([7, 2]), 3)).Message);

    static void Near(double[] expected, Tensor actual)
    {
        var values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 1e-9);
    }
}
