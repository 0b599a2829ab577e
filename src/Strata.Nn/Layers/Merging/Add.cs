namespace Strata.Nn;

/// <summary>y = x₁ + x₂ + …</summary>
public sealed class Add : Merge
{
    /// <summary>The sum of the given tensors.</summary>
    public static SymbolicTensor Of(params ReadOnlySpan<SymbolicTensor> x) => new Add().Apply(x);

    internal static Add FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => Fold(x, (a, b) => a + b);
}
