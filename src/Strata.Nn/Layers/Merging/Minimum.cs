namespace Strata.Nn;

/// <summary>The smallest of the inputs, element by element.</summary>
public sealed class Minimum : Merge
{
    /// <summary>The minimum of the given tensors.</summary>
    public static SymbolicTensor Of(params ReadOnlySpan<SymbolicTensor> x) => new Minimum().Apply(x);

    internal static Minimum FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => Fold(x, Tensor.Minimum);
}
