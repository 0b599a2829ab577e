using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The inputs side by side along one axis; the other axes must agree.</summary>
/// <param name="axis">The axis, not that of examples (0); −1 is the last.</param>
public sealed class Concatenate(int axis = -1) : Merge
{
    /// <summary>The given tensors side by side along the last axis.</summary>
    public static SymbolicTensor Of(params ReadOnlySpan<SymbolicTensor> x) => new Concatenate().Apply(x);

    /// <summary>The given tensors side by side along an axis.</summary>
    public static SymbolicTensor Of(ReadOnlySpan<SymbolicTensor> x, int axis) => new Concatenate(axis).Apply(x);

    internal static Concatenate FromConfig(Config c) => new(c.Int("axis"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["axis"] = axis;

    /// <inheritdoc/>
    protected override Tensor Combine(Tensor[] x) => x[0].Shape.Axis(axis, nameof(Concatenate)) != 0
        ? Tensor.Concatenate(x, axis)
        : throw new ShapeException("axis 0 is the axis of examples, along which nothing is put together.");

    // Along the steps the masks are put together, too; an input without one counts whole.
    private protected override Tensor? MaskOf(Tensor[] x, CallContext context)
    {
        if (x[0].Rank < 3 || x[0].Shape.Axis(axis, nameof(Concatenate)) != 1 || !x.Any(t => context.MaskOf(t) is not null)) return base.MaskOf(x, context);
        return Tensor.Concatenate(Array.ConvertAll(x, t => context.MaskOf(t) ?? Tensor.Ones(t.Shape[..2], DType.Bool)), 1);
    }
}
