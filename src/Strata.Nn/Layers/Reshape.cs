using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>The elements of each example under another shape;  x [n, …] → y [n, sizes…]. One size may be −1: it is what remains.</summary>
/// <param name="sizes">The shape of an example, without the axis of examples.</param>
public sealed class Reshape(params int[] sizes) : Layer
{
    internal static Reshape FromConfig(Config c) => new(c.Ints("target_shape"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["target_shape"] = Config.Of(sizes);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        // The open size is worked out from one example, so that no wrong shape can hide in the number of examples.
        var (example, known) = (x.Shape[1..].Size, 1L);
        foreach (var size in sizes)
            if (size != -1) known *= size;
        var open = Array.IndexOf(sizes, -1);
        if (open >= 0 ? known == 0 || example % known != 0 : example != known)
            throw new ShapeException($"Reshape: an example of shape {x.Shape[1..]} has {example} elements and does not fill [{string.Join(", ", sizes)}].");
        return x.Reshape([x.Shape[0], .. open < 0 ? sizes : [.. sizes[..open], (int)(example / known), .. sizes[(open + 1)..]]]);
    }
}
