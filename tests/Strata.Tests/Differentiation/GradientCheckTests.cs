namespace Strata.Tests.Differentiation;

public sealed class GradientCheckTests
{
    static readonly Tensor Point = Tensor.From(.3, -1.2, 2);

    // f with a gradient of our own.
    static Func<Tensor, Tensor> Custom(Func<Tensor, Tensor> f, Func<Tensor, Tensor, Tensor> backward) => x => Gradient.Custom(f, (z, _, dy) => backward(z, dy), x);

    [Fact]
    public void Right_derivatives_pass()
    {
        GradientCheck.Verify(x => x * x * x, Point);
        GradientCheck.Verify(Custom(x => x * x, (x, dy) => dy * x * 2.0), Point);
        GradientCheck.Verify(x => [x[0].Gather(x[1]), x[1] + 1], [Tensor.From(1f, 2, 3), Tensor.From(0, 2, 0)]); // integers are left alone
    }

    [Fact]
    public void A_wrong_gradient_is_caught() => Fails(
        "square: the gradient for input 0 has ",
        () => GradientCheck.Verify(Custom(x => x * x, (x, dy) => dy * x), Point, name: "square"));

    [Fact]
    public void A_gradient_that_is_wrong_in_one_element_is_caught() => Fails(
        "GradientCheck: the gradient for input 0 has -0 at element 2, but by differences it is ",
        () => GradientCheck.Verify(Custom(x => x * x, (x, dy) => dy * x * 2.0 * Tensor.From(1.0, 1, 0)), Point));

    [Fact]
    public void A_gradient_that_is_not_a_number_is_caught() => Fails(
        "GradientCheck: the gradient for input 0 has NaN at element 0, but by differences it is ",
        () => GradientCheck.Verify(Custom(x => x * x, (_, dy) => dy * double.NaN), Point));

    [Fact]
    public void A_gradient_whose_own_gradient_is_missing_is_caught()
    {
        // Right at first order: the factor 2x is treated as a constant.
        var f = Custom(x => x * x, (x, dy) => dy * (x * 2.0).StopGradient());
        GradientCheck.Verify(f, Point, secondOrder: false);
        Fails("GradientCheck, second order: the gradient for input 0 has ", () => GradientCheck.Verify(f, Point));
    }

    [Fact]
    public void A_gradient_that_cannot_be_differentiated_for_its_cotangent_is_caught() => Fails(
        "GradientCheck: forward and reverse mode differ: ⟨w, J·v⟩ is 0 but ⟨Jᵀ·w, v⟩ is ",
        () => GradientCheck.Verify(Custom(x => x * x, (x, dy) => dy.StopGradient() * x * 2.0), Point));

    [Fact]
    public void Gradients_for_variables_are_checked_and_the_variables_left_as_they_were()
    {
        var (w, b) = (new Variable(Point, "w"), new Variable(Tensor.From(.5), "b"));
        GradientCheck.Verify(() => w.Borrow().Tanh() * b, [w, b]);
        Fails("GradientCheck: the gradient for 'w' has ", () => GradientCheck.Verify(() => Custom(x => x * x, (x, dy) => dy)(w) * b, [b, w]));
        Check.Equal(Point, w);
        Assert.Equal(.5, b.Borrow().Item());
        Check.Fails(
            "GradientCheck: the variable 'narrow' is float32; differences need float64.",
            () => Gradients(() => Tensor.Zeros([1]), [new Variable(Tensor.Zeros([1]), "narrow")]));
    }

    [Fact]
    public void A_function_without_floating_output_has_nothing_to_check() => Check.Fails(
        "GradientCheck: the function has no floating-point output, and so no gradient.",
        () => Gradients(x => [x[0] > 0.0], [Point]));

    static void Fails(string beginning, Action check) => Assert.StartsWith(beginning, Assert.Throws<GradientException>(check).Message);

    static object? Gradients(Func<Tensor[], Tensor[]> f, Tensor[] x)
    {
        GradientCheck.Verify(f, x);
        return null;
    }

    static object? Gradients(Func<Tensor> f, Variable[] variables)
    {
        GradientCheck.Verify(f, variables);
        return null;
    }
}
