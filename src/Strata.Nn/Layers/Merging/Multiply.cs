namespace Strata.Nn;

/// <summary>y = x₁·x₂·…, element by element.</summary>
public sealed class Multiply : Merge
{
    /// <summary>The product of the given tensors.</summary>
    public static SymbolicTensor Of(params ReadOnlySpan<SymbolicTensor> x) => new Multiply().Apply(x);

    internal static Multiply FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => Fold(x, (a, b) => a * b);
}
