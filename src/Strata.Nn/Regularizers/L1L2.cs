namespace Strata.Nn;

/// <summary><paramref name="Absolute"/>·Σ|x| + <paramref name="Squared"/>·Σx².</summary>
public sealed record L1L2(double Absolute = 0, double Squared = 0) : Regularizer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        var absolute = Absolute != 0 ? x.Abs().Sum() * Absolute : null;
        var square = Squared != 0 ? x.Square().Sum() * Squared : null;
        return absolute is null ? square ?? Tensor.Scalar(0, x.DType)
            : square is null ? absolute
            : absolute + square;
    }
}
