using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Each vector <paramref name="count"/> times;  x [n, f] → y [n, count, f].</summary>
public sealed class RepeatVector(int count) : Layer
{
    internal static RepeatVector FromConfig(Config c) => new(c.Int("n"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["n"] = count;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context) => x.Rank == 2
        ? x.ExpandDims(1).BroadcastTo([x.Shape[0], count, x.Shape[1]])
        : throw new ShapeException($"the input must be [examples, features], but it is {x.Shape}.");
}
