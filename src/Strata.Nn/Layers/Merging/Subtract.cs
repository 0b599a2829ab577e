namespace Strata.Nn;

/// <summary>y = x₁ − x₂, of exactly two inputs.</summary>
public sealed class Subtract : Merge
{
    /// <summary>The difference of two tensors.</summary>
    public static SymbolicTensor Of(SymbolicTensor a, SymbolicTensor b) => new Subtract().Apply(a, b);

    internal static Subtract FromConfig(Config c) => new();

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => x.Length == 2 ? x[0] - x[1] : throw new ShapeException($"it takes two inputs, but got {x.Length}.");
}
