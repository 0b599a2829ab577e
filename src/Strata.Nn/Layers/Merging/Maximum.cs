namespace Strata.Nn;

/// <summary>The largest of the inputs, element by element.</summary>
public sealed class Maximum : Merge
{
    /// <summary>The maximum of the given tensors.</summary>
    public static SymbolicTensor Of(params ReadOnlySpan<SymbolicTensor> x) => new Maximum().Apply(x);

    internal static Maximum FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => Fold(x, Tensor.Maximum);
}
