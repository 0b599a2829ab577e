namespace Strata.Kernels.Elementwise;

/// <summary>An operator as a kernel was asked for it.</summary>
/// <param name="Kind">The form of the kernel.</param>
/// <param name="Type">The operator's type, an <see cref="IUnaryOperator"/> or <see cref="IBinaryOperator"/>; null if the kind says all.</param>
/// <param name="Value">The operator itself, if it holds numbers; else null.</param>
/// <param name="Cost">See <see cref="IUnaryOperator.Cost"/>.</param>
/// <param name="Operands">In the operator's order.</param>
internal sealed record RecordedOperator(OperatorKind Kind, Type? Type, object? Value, int Cost, Tensor[] Operands)
{
    /// <summary>The operands as numbers of values of a fused program.</summary>
    public int[] Order { get; init; } = [];
}
