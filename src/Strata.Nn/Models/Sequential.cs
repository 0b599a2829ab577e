using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Layers one after the other.</summary>
public sealed class Sequential : Model
{
    /// <summary>Creates a model of the given layers, which may be models themselves.</summary>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        foreach (var layer in layers) Add(layer);
    }

    /// <summary>Appends a layer.</summary>
    /// <exception cref="StrataException">Another layer has its name, or the model is built already.</exception>
    public void Add(Layer layer)
    {
        if (IsBuilt) throw new StrataException($"Sequential: '{Name}' is built; layers can be added only before that.");
        Track(layer);
    }

    /// <summary>Removes the last layer.</summary>
    /// <exception cref="StrataException">There is none, or the model is built already.</exception>
    public void Pop()
    {
        if (IsBuilt) throw new StrataException($"Sequential: '{Name}' is built; layers can be removed only before that.");
        if (Layers.Count == 0) throw new StrataException($"Sequential: '{Name}' has no layer to remove.");
        Untrack(Layers[^1]);
    }

    internal static new Sequential FromConfig(Config config) => new([.. config.Objects("layers").Select(CustomObjects.Make<Layer>)]);

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        var layers = new JsonArray();
        for (var i = 0; i < Layers.Count; i++) layers.Add((JsonNode)Config.Describe(Layers[i], ChildNames[i]));
        config["layers"] = layers;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor x, CallContext context)
    {
        foreach (var layer in Layers) x = layer.Apply(x, context);
        return x;
    }

    private protected override void BuildIfKnown()
    {
        if (Layers is [Input input, ..]) BuildFor(input.Shape, input.Type);
        else if (Layers is [Sequential { Layers: [Input inner, ..] }, ..]) BuildFor(inner.Shape, inner.Type);
    }
}
