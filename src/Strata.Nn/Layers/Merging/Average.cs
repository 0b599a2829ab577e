namespace Strata.Nn;

/// <summary>y = (x₁ + … + x_k)/k.</summary>
public sealed class Average : Merge
{
    /// <summary>The mean of the given tensors.</summary>
    public static SymbolicTensor Of(params ReadOnlySpan<SymbolicTensor> x) => new Average().Apply(x);

    internal static Average FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => Fold(x, (a, b) => a + b) / x.Length;
}
