using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The axes of each example in another order;  with (2, 1): x [n, a, b] → y [n, b, a].</summary>
/// <param name="order">Which axis of the input each axis of the output is, from 1; the axis of examples stays first.</param>
public sealed class Permute(params int[] order) : Layer
{
    internal static Permute FromConfig(Config c) => new(c.Ints("dims"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["dims"] = Config.Of(order);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == order.Length + 1
        ? x.Transpose([0, .. order])
        : throw new ShapeException($"the order ({string.Join(", ", order)}) is for examples of rank {order.Length}, but the input is {x.Shape}.");
}
