using Strata.Random;

namespace Strata.Nn.Tests.Initializers;

public sealed class InitializerTests
{
    [Fact]
    public void Random_initializers_have_the_stated_limits_and_deviations()
    {
        Uniform(.05, Initializer.RandomUniform, [100, 50]);
        Uniform(.2, Initializer.GlorotUniform, [100, 50]);
        Uniform(.17320508, Initializer.LecunUniform, [100, 50]);
        Uniform(Math.Sqrt(6 / 100.0), Initializer.HeUniform, [100, 50]);
        Uniform(Math.Sqrt(6 / (9 * (10 + 20.0))), Initializer.GlorotUniform, [3, 3, 10, 20]); // receptive field 9
        Truncated(.05, Initializer.TruncatedNormal, [100, 50]);
        Truncated(.16077448, Initializer.HeNormal, [100, 50]);
        Truncated(.1 / .87962566, Initializer.LecunNormal, [100, 50]);
        Truncated(Math.Sqrt(2 / 150.0) / .87962566, Initializer.GlorotNormal, [100, 50]);
        var normal = Create(Initializer.RandomNormal, [100, 50]);
        Assert.InRange(normal.Average(), -.003, .003);
        Assert.InRange(Math.Sqrt(normal.Average(v => v * v)), .048, .052);
        Assert.True(normal.Max() > .1); // not cut
    }

    [Fact]
    public void Fans_follow_Keras()
    {
        Assert.Equal((100, 50), VarianceScaling.Fans([100, 50]));
        Assert.Equal((27, 576), VarianceScaling.Fans([3, 3, 3, 64]));
        Assert.Equal((4, 4), VarianceScaling.Fans([16]));
    }

    [Fact]
    public void The_same_seed_gives_the_same_values_and_another_seed_others()
    {
        foreach (var initializer in (Initializer[])[Initializer.GlorotUniform, Initializer.HeNormal, Initializer.Orthogonal])
        {
            Assert.Equal(Create(initializer, [6, 4], 1), Create(initializer, [6, 4], 1));
            Assert.NotEqual(Create(initializer, [6, 4], 1), Create(initializer, [6, 4], 2));
        }
    }

    [Theory]
    [InlineData(8, 5)]
    [InlineData(5, 8)]
    [InlineData(6, 6)]
    public void Orthogonal_matrices_have_orthonormal_rows_or_columns(int rows, int columns)
    {
        var w = new Orthogonal(2).Create([rows, columns], new RandomStream(1), DType.Float64);
        var gram = rows >= columns ? w.MatMul(w, transposeA: true) : w.MatMul(w, transposeB: true);
        var n = Math.Min(rows, columns);
        Check.Close([.. Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 4.0 : 0)], gram, 1e-12);
    }

    [Fact]
    public void Convolution_kernels_are_orthogonal_over_all_axes_but_the_last()
    {
        var w = Initializer.Orthogonal.Create([3, 3, 2, 4], new RandomStream(1), DType.Float64).Reshape(18, 4);
        Check.Close([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], w.MatMul(w, transposeA: true), 1e-12);
    }

    [Fact]
    public void Identities_stand_side_by_side()
    {
        Check.Close([1, 0, 0, 1], Initializer.Identity.Create([2, 2], new RandomStream(0)));
        Check.Close([3, 0, 3, 0, 0, 3, 0, 3], new Identity(3).Create([2, 4], new RandomStream(0)));
        Check.Close([1, 0, 0, 1, 1, 0, 0, 1], new Identity().Create([4, 2], new RandomStream(0)));
        Check.Fails(
            "Identity: of [2, 3] the longer side (3) must be a multiple of the shorter (2).",
            () => Initializer.Identity.Create([2, 3], new RandomStream(0)));
    }

    [Fact]
    public void Constants_fill()
    {
        Check.Close([0, 0], Initializer.Zeros.Create([2], new RandomStream(0)));
        Check.Close([1, 1], Initializer.Ones.Create([2], new RandomStream(0)));
        Check.Close([2.5, 2.5], new Constant(2.5).Create([2], new RandomStream(0)));
    }

    static void Uniform(double limit, Initializer initializer, Shape shape)
    {
        var values = Create(initializer, shape);
        Assert.InRange(values.Max(), limit * .99, limit);
        Assert.InRange(values.Min(), -limit, -limit * .99);
    }

    // The cut lies at twice the deviation before the cut.
    static void Truncated(double deviation, Initializer initializer, Shape shape)
    {
        var values = Create(initializer, shape);
        Assert.InRange(values.Max(), 1.97 * deviation, 2 * deviation);
        Assert.InRange(Math.Sqrt(values.Average(v => v * v)) / deviation, .86, .90);
    }

    static double[] Create(Initializer initializer, Shape shape, long seed = 1) =>
        initializer.Create(shape, new RandomStream(seed), DType.Float64).ToArray<double>();
}
