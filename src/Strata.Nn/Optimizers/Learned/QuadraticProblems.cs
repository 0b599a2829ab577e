using Strata.Random;

namespace Strata.Nn;

/// <summary>f(θ) = ‖Wθ − y‖² with W and y drawn from a standard normal distribution (Andrychowicz et al. 2016, section 3.1), some side by side.</summary>
/// <param name="count">How many side by side.</param>
/// <param name="size">The numbers in θ.</param>
/// <param name="startDeviation">The standard deviation of θ₀, normal too; the paper does not say it.</param>
public sealed class QuadraticProblems(int count, int size = 10, double startDeviation = 0.01) : Optimizee
{
    readonly Variable w = new(Tensor.Zeros([count, size, size]), "W", trainable: false);
    readonly Variable y = new(Tensor.Zeros([count, size]), "y", trainable: false);
    readonly Variable θ = new(Tensor.Zeros([count, size]), "θ");

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Parameters => [θ];

    /// <inheritdoc/>
    public override int Count => count;

    /// <inheritdoc/>
    public override void Draw(RandomStream random)
    {
        w.Assign(random.Normal(w.Shape));
        y.Assign(random.Normal(y.Shape));
        θ.Assign(random.Normal(θ.Shape, 0, startDeviation));
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] batch) => (w.Borrow().MatMul(θ.Borrow().ExpandDims(2)).Reshape(y.Shape) - y).Square().Sum();
}
