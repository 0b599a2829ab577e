using Xunit;

namespace Strata.Tests.Compilation;

/// <summary>Naive formulas at points where they lose everything, compiled: value and gradient.</summary>
public class StabilityTests
{
    static (double[] Value, double[] Gradient) At(Func<Tensor, Tensor> f, params float[] x)
    {
        var compiled = Compiled.Function((Tensor x) =>
        {
            var (y, pullback) = Gradient.Vjp(xs => [f(xs[0])], x);
            return (y[0], pullback([Tensor.OnesLike(y[0])])[0]);
        });
        var (value, gradient) = compiled(Tensor.From(x));
        return (Numbers(value), Numbers(gradient));
    }

    static double[] Numbers(Tensor x) => x.Cast(DType.Float64).ToArray<double>();

    static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-6 * Math.Abs(expected[i]) + 1e-30, $"element {i} is {actual[i]:R}, expected {expected[i]:R}");
    }

    static void Check(Func<Tensor, Tensor> f, float[] x, double[] value, double[] gradient)
    {
        var (y, dx) = At(f, x);
        Close(value, y);
        Close(gradient, dx);
    }

    [Fact]
    public void Log_of_one_plus_x_keeps_a_small_x() => Check(x => (1 + x).Log(), [1e-10f], [1e-10], [1]);

    [Fact]
    public void Exp_x_minus_one_keeps_a_small_x() => Check(x => x.Exp() - 1, [1e-10f], [1e-10], [1]);

    [Fact]
    public void Log_of_one_plus_exp_x_neither_overflows_nor_vanishes() => Check(x => (1 + x.Exp()).Log(), [1000, -1000], [1000, 0], [1, 0]);

    [Fact]
    public void One_over_one_plus_exp_of_minus_x_is_the_sigmoid() => Check(x => 1 / (1 + (-x).Exp()), [1000, -1000, 0], [1, 0, .5], [0, 0, .25]);

    [Fact]
    public void Exp_x_over_one_plus_exp_x_is_the_sigmoid() => Check(x => x.Exp() / (1 + x.Exp()), [1000, -1000, 0], [1, 0, .5], [0, 0, .25]);

    [Fact]
    public void Log_of_the_sigmoid_is_finite() => Check(x => x.Sigmoid().Log(), [-1000, 1000], [-1000, 0], [1, 0]);

    [Fact]
    public void Log_of_one_minus_the_sigmoid_is_finite() => Check(x => (1 - x.Sigmoid()).Log(), [1000, -1000], [-1000, 0], [-1, 0]);

    [Fact]
    public void Log_of_the_naive_sigmoid_is_finite() => Check(x => (1 / (1 + (-x).Exp())).Log(), [-1000], [-1000], [1]);

    [Fact]
    public void Exp_over_the_sum_of_exps_is_the_softmax() => Check(x => x.Exp() / x.Exp().Sum(), [1000, 0], [1, 0], [0, 0]);

    [Fact]
    public void Exp_over_the_sum_of_exps_is_the_softmax_along_each_set_of_axes()
    {
        var x = Tensor.From<float>(900, 901, 1, 2, -900, -901, 0, 1).Reshape(2, 2, 2);
        foreach (int[] axes in new int[][] { [0], [1], [2], [0, 2], [1, 2] })
        {
            var f = Compiled.Function((Tensor x) => x.Exp() / x.Exp().Sum(axes, keepDims: true));
            var shifted = x - x.Max(axes, keepDims: true);
            Tests.Check.Close(shifted.Exp() / shifted.Exp().Sum(axes, keepDims: true), f(x));
        }
    }

    [Fact]
    public void A_quotient_along_another_axis_than_the_sum_is_no_softmax()
    {
        var x = Tensor.From<float>(1, 2, 3, 4).Reshape(2, 2);
        static Tensor F(Tensor x) => x.Exp() / x.Exp().Sum(1);
        Tests.Check.Close(F(x), Compiled.Function<Tensor, Tensor>(F)(x));
    }

    [Fact]
    public void Log_of_the_softmax_is_finite() => Check(x => x.Softmax().Log()[0], [-1000, 0], [-1000], [1, -1]);

    [Fact]
    public void Log_of_the_naive_softmax_is_finite() => Check(x => (x.Exp() / x.Exp().Sum()).Log()[0], [-1000, 0], [-1000], [1, -1]);

    [Fact]
    public void The_cross_entropy_of_a_label_is_finite_whether_it_is_chosen_before_the_logarithm_or_after()
    {
        var label = Tensor.From<long>(0).Reshape(1, 1);
        Check(x => -x.Reshape(1, 2).Softmax().Log().GatherAlong(label, 1), [-1000, 0], [1000], [-1, 1]);
        Check(x => -x.Reshape(1, 2).Softmax().GatherAlong(label, 1).Log(), [-1000, 0], [1000], [-1, 1]);
        Check(x => -(label.Reshape(1).OneHot(2) * x.Reshape(1, 2).Softmax().Log()).Sum(-1), [-1000, 0], [1000], [-1, 1]);
    }

    [Fact]
    public void The_cross_entropy_of_a_label_is_fused()
    {
        var label = Tensor.From<long>(0).Reshape(1, 1);
        var f = Compiled.Function((Tensor x) => -x.Softmax().Log().GatherAlong(label, 1));
        f(Tensor.From<float>(-1000, 0).Reshape(1, 2));
        Assert.Contains(Compiled.Of(f).Latest!.Value.Plan.Work, node => node.Operation is Strata.Operations.SoftmaxCrossEntropy);
    }

    [Fact]
    public void Log_of_a_sum_of_exps_does_not_overflow() => Check(x => x.Exp().Sum().Log(), [1000, 1000], [1000.6931471805599], [.5, .5]);

    [Fact]
    public void Binary_cross_entropy_of_a_sigmoid_is_finite()
    {
        var y = Tensor.From<float>(1, 1, 0, 0, .25f);
        var (value, gradient) = At(
            z =>
            {
                var p = z.Sigmoid();
                return -y * p.Log() - (1 - y) * (1 - p).Log();
            },
            200, -200, 200, -200, 0);
        Close([0, 200, 200, 0, Math.Log(2)], value);
        Close([0, -1, 1, 0, .25], gradient);
    }

    [Fact]
    public void Binary_cross_entropy_becomes_softplus_minus_the_product()
    {
        var f = Compiled.Function((Tensor z, Tensor y) => -(y * z.Sigmoid().Log() + (1 - y) * (1 - z.Sigmoid()).Log()).Mean(), CompileOptions.Default.Without("fusion"));
        f(Tensor.From<float>(1, 2), Tensor.From<float>(0, 1));
        Assert.Single(Compiled.Of(f).Latest!.Value.Plan.Work, node => node.Operation is Strata.Operations.Softplus);
    }

    [Fact]
    public void The_root_of_a_square_is_the_magnitude_with_its_sign_as_gradient() => Check(x => (x * x).Sqrt(), [-3e30f, 0, 2e-30f], [3e30f, 0, 2e-30f], [-1, 0, 1]);

    [Fact]
    public void The_logarithm_of_a_product_does_not_overflow_and_knows_signs()
    {
        Check(x => x.Product().Log(), [1e30f, 1e30f], [2 * Math.Log(1e30f)], [1 / (double)1e30f, 1 / (double)1e30f]);
        Check(x => x.Product().Log(), [-2, -3], [Math.Log(6)], [-.5, -1 / 3.0]);
        Assert.True(double.IsNaN(At(x => x.Product().Log(), -2, 3).Value[0]));
    }

    [Fact]
    public void The_logarithm_of_a_power_does_not_overflow_and_knows_even_exponents()
    {
        Check(x => x.Power(20).Log(), [1e10f, -1e10f], [20 * Math.Log(1e10f), 20 * Math.Log(1e10f)], [20 / (double)1e10f, -20 / (double)1e10f]);
        Check(x => x.Square().Log(), [-1e-30f], [2 * Math.Log(1e-30f)], [-2 / (double)1e-30f]);
        Assert.True(double.IsNaN(At(x => x.Power(3).Log(), -2).Value[0]));
    }

    [Fact]
    public void The_logarithm_of_erfc_goes_on_where_erfc_underflows() =>
        // Reference/make_logerfc.py
        Check(
            x => x.Erfc().Log(),
            [-30, 1, 4.9f, 5.1f, 30],
            [0.6931471805599453, -1.849605509933248, -26.19143898149601, -28.22998135441131, -903.9741171106439],
            [0, -2.638967514234791, -9.996352580708882, -10.38917672572731, -60.03329639875623]);

    [Fact]
    public void A_vector_over_its_norm_is_zero_at_zero()
    {
        var f = Compiled.Function((Tensor x) =>
        {
            var (y, pullback) = Gradient.Vjp(x => [x[0] / x[0].Norm(1, keepDims: true)], x);
            return (y[0], pullback([Tensor.OnesLike(x)])[0]);
        });
        var (y, dx) = f(Tensor.From<float>(0, 0, 3, 4).Reshape(2, 2));
        Tests.Check.Close(Tensor.From<float>(0, 0, .6f, .8f).Reshape(2, 2), y);
        Tests.Check.Close(Tensor.From<float>(0, 0, .2f - .6f * 1.4f / 5 + 0, .2f - .8f * 1.4f / 5).Reshape(2, 2), dx);
    }

    [Fact]
    public void A_formula_that_a_tape_begins_in_keeps_its_gradient()
    {
        // The gradient is for the variable's new value 1 + x: the rule must not look behind it.
        var v = new Variable(Tensor.From<float>(5));
        var f = Compiled.Function((Tensor x) =>
        {
            v.Assign(1 + x);
            return Gradient.Of(() => v.Borrow().Log().Sum(), [v])[0];
        });
        Tests.Check.Close(Tensor.From<float>(.25f), f(Tensor.From<float>(3)));

        // And here 1 + w is a constant for the tape, although it watches w.
        var w = new Variable(Tensor.From<float>(3));
        var g = Compiled.Function(() =>
        {
            var outside = 1 + w;
            return Gradient.Of(() => (outside.Log() * w).Sum(), [w])[0];
        });
        Tests.Check.Close(Tensor.From<float>(MathF.Log(4)), g());
    }

    [Fact]
    public void Stability_can_be_switched_off()
    {
        var f = Compiled.Function((Tensor x) => (1 + x).Log(), CompileOptions.Default.Without("stability"));
        Assert.Equal(0, f(Tensor.From<float>(1e-10f)).Item());
    }
}
