using System.Text.Json.Nodes;

namespace Strata.Nn;

public sealed partial class Attention
{
    internal static Attention FromConfig(Config c) => new(c.Required<AttentionScore>("score"), c.Object<AttentionWindow>("window"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) =>
        (config["score"], config["window"]) = (Config.Describe(score, ChildNames[0]), window is null ? null : Config.Describe(window, ChildNames[1]));
}
