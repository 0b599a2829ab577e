using Strata.Operations;

namespace Strata;

/// <summary>Compares gradients with differences of values: for operations and layers of one's own. It fails with a
/// <see cref="GradientException"/> that names the element, and does nothing if all is right.</summary>
/// <remarks>Everything runs in float64, where differences at the default step are good to about 1e-9. Choose inputs away from kinks and ties. A function must
/// give the same value each time: let random streams begin anew inside of it.</remarks>
public static class GradientCheck
{
    const double Step = 1e-5, Tolerance = 1e-6;
    const double AdjointTolerance = 1e-9; // both sides are exact, but for rounding

    /// <summary>Checks a function in all ways: gradients against central differences; forward against reverse mode, ⟨w, J·v⟩ = ⟨Jᵀ·w, v⟩; and the second
    /// derivatives against differences of the first. The loss that is differentiated is Σᵢ yᵢ·cos i over the elements of all outputs.</summary>
    /// <param name="f">The function: any number of tensors to any number; outputs that are not floating-point are left out.</param>
    /// <param name="x">Where to check; floating-point inputs are converted to float64, others stay.</param>
    /// <param name="secondOrder">Whether to check second derivatives, too.</param>
    /// <param name="name">Begins the message of a failure.</param>
    /// <param name="step">The distance of the differences.</param>
    /// <param name="tolerance">How far gradient and difference may lie apart, relative to the larger of 1 and the difference.</param>
    /// <exception cref="GradientException">A derivative is wrong.</exception>
    public static void Verify(
        Func<Tensor[], Tensor[]> f, Tensor[] x, bool secondOrder = true, string name = "GradientCheck", double step = Step, double tolerance = Tolerance)
    {
        x = Array.ConvertAll(x, t => t.DType.IsFloating() ? t.Cast(DType.Float64) : t);
        var floating = Enumerable.Range(0, x.Length).Where(i => x[i].DType.IsFloating()).ToArray();
        Tensor Loss(Tensor[] z) => Projected(f(z), name);
        Compare(Loss, x, floating, name, step, tolerance);
        CompareModes(f, x, floating, name);
        if (!secondOrder) return;
        Tensor Slope(Tensor[] z)
        {
            var (_, gradients) = Gradient.ValueAndGradient(Loss, z);
            return floating.Select(i => (gradients[i] * Direction(z[i], 5)).Sum()).Aggregate((a, b) => a + b);
        }

        Compare(Slope, x, floating, $"{name}, second order", step, tolerance);
    }

    /// <summary>Checks a function of one tensor.</summary>
    /// <inheritdoc cref="Verify(Func{Tensor[], Tensor[]}, Tensor[], bool, string, double, double)"/>
    public static void Verify(
        Func<Tensor, Tensor> f, Tensor x, bool secondOrder = true, string name = "GradientCheck", double step = Step, double tolerance = Tolerance) =>
        Verify(xs => [f(xs[0])], [x], secondOrder, name, step, tolerance);

    /// <summary>Checks the gradients of something for variables that it reads, as the weights of a layer, against central differences. Each variable is
    /// moved and has its value again in the end.</summary>
    /// <param name="f">Computes a tensor from the variables; the loss that is differentiated is Σᵢ yᵢ·cos i + yᵢ²·cos i over its elements, so that a
    /// gradient that is right for sums alone is found out.</param>
    /// <param name="variables">The variables, float64.</param>
    /// <param name="name">Begins the message of a failure.</param>
    /// <param name="step">The distance of the differences.</param>
    /// <param name="tolerance">How far gradient and difference may lie apart, relative to the larger of 1 and the difference.</param>
    /// <exception cref="GradientException">A gradient is wrong.</exception>
    /// <exception cref="StrataException">A variable is not float64.</exception>
    public static void Verify(
        Func<Tensor> f, IReadOnlyList<Variable> variables, string name = "GradientCheck", double step = Step, double tolerance = Tolerance)
    {
        foreach (var variable in variables)
            if (variable.DType != DType.Float64)
                throw new StrataException($"{name}: the variable '{variable.Name}' is {variable.DType.Name()}; differences need float64.");
        Tensor Loss()
        {
            var y = f();
            return Projected([y, y * y], name);
        }

        var gradients = Gradient.Of(Loss, variables);
        for (var v = 0; v < variables.Count; v++)
        {
            var (variable, value) = (variables[v], variables[v].Value);
            try
            {
                CompareElements(
                    value,
                    gradients[v],
                    moved =>
                    {
                        variable.Assign(moved);
                        return Loss().Item();
                    },
                    $"{name}: the gradient for '{variable.Name}'",
                    step,
                    tolerance);
            }
            finally
            {
                variable.Assign(value);
            }
        }
    }

    /// <summary>Σᵢ yᵢ·cos i, i counting from 1 in each output.</summary>
    static Tensor Projected(Tensor[] outputs, string name)
    {
        var terms = outputs.Where(y => y.DType.IsFloating()).Select(y => (y * Cotangent(y)).Sum()).ToArray();
        return terms.Length > 0 ? terms.Aggregate((a, b) => a + b) : throw new StrataException($"{name}: the function has no floating-point output, and so no gradient.");
    }

    static void Compare(Func<Tensor[], Tensor> loss, Tensor[] x, int[] floating, string name, double step, double tolerance)
    {
        var (_, gradients) = Gradient.ValueAndGradient(loss, x);
        foreach (var i in floating)
            CompareElements(x[i], gradients[i], moved => loss([.. x[..i], moved, .. x[(i + 1)..]]).Item(), $"{name}: the gradient for input {i}", step, tolerance);
    }

    static void CompareElements(Tensor x, Tensor gradient, Func<Tensor, double> loss, string what, double step, double tolerance)
    {
        var (values, actual) = (x.ToArray<double>(), gradient.Cast(DType.Float64).ToArray<double>());
        for (var j = 0; j < values.Length; j++)
        {
            var expected = (At(values[j] + step) - At(values[j] - step)) / (2 * step);
            if (!(Math.Abs(expected - actual[j]) <= tolerance * Math.Max(1, Math.Abs(expected))))
                throw new GradientException($"{what} has {actual[j]:R} at element {j}, but by differences it is {expected:R}.");

            double At(double v)
            {
                var moved = (double[])values.Clone();
                moved[j] = v;
                return loss(Tensor.From(moved, x.Shape));
            }
        }
    }

    static void CompareModes(Func<Tensor[], Tensor[]> f, Tensor[] x, int[] floating, string name)
    {
        var tangents = Array.ConvertAll(x, t => t.DType.IsFloating() ? Direction(t, 3) : Tensor.ZerosLike(t));
        var (y, forward) = Gradient.Jvp(f, x, tangents);
        var (_, pullback) = Gradient.Vjp(f, x);
        var back = pullback(Array.ConvertAll(y, Cotangent));
        var left = Enumerable.Range(0, y.Length).Where(i => y[i].DType.IsFloating()).Sum(i => (forward[i] * Cotangent(y[i])).Sum().Item());
        var right = floating.Sum(i => (back[i] * tangents[i]).Sum().Item());
        if (!(Math.Abs(left - right) <= AdjointTolerance * Math.Max(1, Math.Abs(left))))
            throw new GradientException($"{name}: forward and reverse mode differ: ⟨w, J·v⟩ is {left:R} but ⟨Jᵀ·w, v⟩ is {right:R}; one of the gradient's own gradients is wrong.");
    }

    /// <summary>cos 1, cos 2, …; zeros for an output without gradient.</summary>
    static Tensor Cotangent(Tensor y) => y.DType.IsFloating() ? Numbers(y, Math.Cos) : Tensor.ZerosLike(y);

    /// <summary>sin seed, sin 2·seed, …</summary>
    static Tensor Direction(Tensor x, int seed) => Numbers(x, i => Math.Sin(seed * i));

    static Tensor Numbers(Tensor like, Func<double, double> f) =>
        Tensor.From(Enumerable.Range(1, checked((int)like.Size)).Select(i => f(i)).ToArray(), like.Shape).Cast(like.DType);
}
