namespace Strata.Nn.Tests.Constraints;

public sealed class ConstraintTests
{
    static readonly Tensor w = Check.Matrix([3], [4]).Keep();

    [Fact]
    public void Norms_are_brought_into_bounds()
    {
        Check.Close([1.2, 1.6], Constraint.MaxNorm(2).Apply(w));
        Check.Close([3, 4], Constraint.MaxNorm(6).Apply(w));
        Check.Close([.6, .8], Constraint.UnitNorm().Apply(w));
        Check.Close([1.8, 2.4], Constraint.MinMaxNorm(rate: .5).Apply(w));
        Check.Close([6, 8], Constraint.MinMaxNorm(10, 20).Apply(w));
        Check.Close([0, 2], Constraint.NonNegative.Apply(Check.Matrix([-1], [2])));
    }

    [Fact]
    public void A_kernel_of_a_convolution_is_held_over_its_first_three_axes()
    {
        var kernel = Tensor.From(new[] { 3f, 6f, 4f, 8f }, [1, 1, 2, 2]);
        Check.Close([.6, .6, .8, .8], Constraint.UnitNorm(0, 1, 2).Apply(kernel));
    }

    [Fact]
    public void Regularizers_have_no_half()
    {
        Check.Close(.07, Regularizer.L1().Apply(w).Item());
        Check.Close(.25, Regularizer.L2().Apply(w).Item());
        Check.Close(.32, Regularizer.L1L2().Apply(w).Item());
        Assert.Equal(0, new L1L2().Apply(w).Item());
    }
}
