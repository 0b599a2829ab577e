namespace Strata.Nn;

/// <summary>w·(r·clip(n, min, max) + (1 − r)·n)/(ε + n), with n the norm of w over the axes and r the rate.</summary>
public sealed record MinMaxNorm(double Minimum, double Maximum, double Rate, ValueList<int> Axes) : Constraint
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        var n = w.Square().Sum(Axes.Span, keepDims: true).Sqrt();
        var wanted = n.Clip(Minimum, Maximum);
        if (Rate != 1) wanted = (wanted * Rate) + (n * (1 - Rate));
        return w * (wanted / (n + Numerics.Epsilon));
    }
}
