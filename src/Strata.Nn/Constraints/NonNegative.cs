namespace Strata.Nn;

/// <summary>Elements below 0 become 0.</summary>
public sealed record NonNegative : Constraint
{
    internal static NonNegative FromConfig(Config c) => new();

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w) => w.Relu();
}
