using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary><paramref name="Absolute"/>·Σ|x| + <paramref name="Squared"/>·Σx².</summary>
public sealed record L1L2(double Absolute = 0, double Squared = 0) : Regularizer
{
    internal static L1L2 FromConfig(Config c) => new(c.Double("l1"), c.Double("l2"));

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["l1"] = Absolute, ["l2"] = Squared };

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
