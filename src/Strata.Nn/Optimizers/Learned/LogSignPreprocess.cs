namespace Strata.Nn;

/// <summary>Gradients as a network can take them, whose sizes span many orders (Andrychowicz et al. 2016, appendix A): (ln |g|/p, sgn g) where |g| ≥ e⁻ᵖ,
/// else (−1, eᵖ·g).</summary>
public static class LogSignPreprocess
{
    /// <summary>The two numbers for each element: g […] → […, 2], the first at least −1, the second in [−1, 1].</summary>
    /// <param name="gradient">g.</param>
    /// <param name="p">Below e⁻ᵖ a gradient counts as small; 10 in the paper.</param>
    public static Tensor Of(Tensor gradient, double p = 10)
    {
        // Both cases at once: they meet at e⁻ᵖ, where the first is −1 and the second ±1.
        var size = gradient.Abs().Clip(Math.Exp(-p), double.PositiveInfinity).Log() / p;
        var sign = (gradient * Math.Exp(p)).Clip(-1, 1);
        return Tensor.Stack([size, sign], -1);
    }
}
