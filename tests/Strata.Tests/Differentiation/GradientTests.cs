using Strata.Memory;

namespace Strata.Tests.Differentiation;

public sealed class GradientTests
{
    static Tensor F64(params double[] x) => Tensor.From(x, [x.Length]);

    [Fact]
    public void The_third_derivative_of_x_to_the_fourth_is_24_x()
    {
        Tensor F(Tensor x) => (x * x * x * x).Sum();
        var third = Gradient.Of(x => Gradient.Of(y => Gradient.Of(F, y).Sum(), x).Sum(), F64(0.5, -2, 3));
        Check.Close(F64(12, -48, 72), third);
    }

    [Fact]
    public void An_argument_is_told_from_other_uses_of_the_same_tensor()
    {
        var x = F64(3);
        Check.Close(F64(3), Gradient.Of(z => (z * x).Sum(), x)); // d(z·x)/dz, not d(x²)/dx
    }

    [Fact]
    public void Inner_gradients_do_not_confuse_outer_ones()
    {
        // d/dx [x · d/dy (x + y)] = 1, the classic perturbation confusion
        var g = Gradient.Of(x => (x * Gradient.Of(y => (x + y).Sum(), F64(1))).Sum(), F64(1));
        Check.Close(F64(1), g);
    }

    [Fact]
    public void Variables_get_their_gradients_in_order_and_zeros_where_nothing_depends_on_them()
    {
        var w = new Variable(F64(2, 3));
        var unused = new Variable(F64(1));
        var gradients = Gradient.Of(() => (w * w).Sum(), [w, unused]);
        Check.Close(F64(4, 6), gradients[0]);
        Check.Close(F64(0), gradients[1]);
    }

    [Fact]
    public void What_the_loss_does_not_depend_on_can_be_an_error()
    {
        var (w, unused) = (new Variable(F64(2, 3), "w"), new Variable(F64(1), "unused"));
        Check.Fails(
            "Gradient: the loss does not depend on the variable 'unused' (float64 [1]), or only through operations without gradient; see Disconnected.",
            () => Gradient.Of(() => (w * w).Sum() + unused.Borrow().StopGradient().Sum(), [w, unused], Disconnected.Fail));
        Check.Fails(
            "Gradient: the loss does not depend on the input 1 (float64 [2]), or only through operations without gradient; see Disconnected.",
            () => Gradient.ValueAndGradient(x => x[0].Sum() + (x[1] > 0.0).Cast(DType.Float64).Sum(), [F64(1), F64(2, 3)], Disconnected.Fail));
        Check.Close(F64(4, 6), Gradient.Of(() => (w * w).Sum(), [w], Disconnected.Fail)[0]);
        Check.Close(F64(0, 0), Gradient.Of(() => (w * 0.0).Sum(), [w], Disconnected.Fail)[0]); // zero, but connected
        var traced = Assert.Throws<StrataException>(() => Compiled.Function((Tensor x) => Gradient.Of(z => w.Borrow().Sum(), x, Disconnected.Fail))(F64(1)));
        Assert.StartsWith("Gradient: the loss does not depend on the input 0 (float64 [1])", traced.Message);
    }

    [Fact]
    public void The_Jacobian_and_the_Hessian_of_a_cube()
    {
        var x = F64(4, 4);
        Check.Close(Tensor.From(new double[,] { { 8, 0 }, { 0, 8 } }), Gradient.Jacobian(z => z * z, x));
        Check.Close(Tensor.From(new double[,] { { 8, 0 }, { 0, 8 } }), Gradient.Hessian(z => (z * z * z).Sum() / 3, x));
    }

    [Fact]
    public void R_and_L_operators_of_a_product()
    {
        var x = Tensor.From(new double[,] { { 0, 1 } });
        var w = Tensor.From(new double[,] { { 1, 1 }, { 1, 1 } });
        Check.Close(Tensor.From(new double[,] { { 2, 2 } }), Gradient.Jvp(z => x.MatMul(z), w, w * 2));
        var (_, pullback) = Gradient.Vjp(z => [x.MatMul(z[0])], w);
        Check.Close(Tensor.From(new double[,] { { 0, 0 }, { 2, 2 } }), pullback([Tensor.From(new double[,] { { 2, 2 } })])[0]);
        Check.Close(F64(4, 4), Gradient.HessianVectorProduct(z => (z * z).Sum(), F64(1, 5), F64(2, 2)));
    }

    [Fact]
    public void A_custom_gradient_is_used_and_can_be_differentiated()
    {
        Tensor F(Tensor x) => Gradient.Custom(z => z * z, (z, y, dy) => dy * z * z * z, x).Sum(); // pretends d(x²) = x³
        Check.Close(F64(8), Gradient.Of(F, F64(2)));
        Check.Close(F64(12), Gradient.Of(x => Gradient.Of(F, x).Sum(), F64(2)));
    }

    [Fact]
    public void Custom_gradients_clip_and_scale_what_passes_through_them()
    {
        var x = F64(.1, -3, 4);
        Tensor Passed(Tensor z, Func<Tensor, Tensor> change) => Gradient.Custom(v => v, (_, _, dy) => change(dy), z);
        Tensor Through(Func<Tensor, Tensor> change) => Gradient.Of(z => (Passed(z, change) * x).Sum(), x);
        Check.Equal(x, Passed(x, dy => dy * 0.0));
        Check.Close(F64(.1, -1, 1), Through(dy => dy.Clip(-1, 1)));
        Check.Close(F64(-.2, 6, -8), Through(dy => dy * -2.0));
        Check.Close(F64(.1, -3, 4), Gradient.Of(z => (z.StopGradient() * z).Sum(), x));
    }

    [Fact]
    public void A_checkpoint_changes_no_gradient_of_arguments_or_variables_and_repeats_random_draws()
    {
        var w = new Variable(F64(2, 3));
        Tensor Loss(bool checkpoint)
        {
            var random = new Strata.Random.RandomStream(7);
            Tensor Inside(Tensor x) => x * w * random.Uniform([2], dtype: DType.Float64) * w;
            var x = w * 2.0;
            return (checkpoint ? Gradient.Checkpoint(Inside, x) : Inside(x)).Sum();
        }

        Check.Close(Gradient.Of(() => Loss(false), [w])[0], Gradient.Of(() => Loss(true), [w])[0], 1e-15);
    }

    [Fact]
    public void What_was_made_inside_and_not_returned_is_released_with_a_clear_error()
    {
        Tensor? leaked = null, kept = null;
        var w = new Variable(F64(2));
        Gradient.Of(
            () =>
            {
                leaked = w * 3.0;
                kept = (w * 5.0).Keep();
                return leaked.Sum();
            },
            [w]);
        Assert.Contains("released", Assert.Throws<StrataException>(() => leaked!.Item()).Message);
        Assert.Equal(10, kept!.Item());
    }

    [Fact]
    public void A_loss_that_is_not_a_scalar_is_an_error() => Check.Fails(
        "Gradient: the loss must be one floating-point number, but it is float64 [2]; reduce it with Sum or Mean.",
        () => Gradient.Of(x => x * x, F64(1, 2)));

    [Fact]
    public void A_tensor_too_large_for_the_machine_is_an_error_and_leaves_the_process_usable()
    {
        Assert.Throws<TensorMemoryException>(() => Tensor.Zeros([1 << 20, 1 << 20]));
        Assert.Throws<TensorMemoryException>(() => Tensor.Zeros([int.MaxValue, int.MaxValue, int.MaxValue]));
        Assert.Equal(0, Tensor.Zeros([1]).Item());
    }

    [Fact]
    public void A_variable_keeps_its_value_and_old_borrowed_values_expire()
    {
        var w = new Variable(F64(1));
        var (borrowed, copy) = (w.Borrow(), w.Value);
        w.Assign(F64(2));
        Assert.Equal(1, copy.Item());
        Assert.Equal(2, ((Tensor)w).Item());
        Assert.Throws<StrataException>(() => borrowed.Item());
    }
}
