namespace Strata.Nn;

/// <summary>Sees what comes out of the layers inside a model while the model works, whatever kind of model it is.</summary>
internal sealed class LayerOutputs
{
    readonly Dictionary<Layer, string> paths = new(ReferenceEqualityComparer.Instance);

    public LayerOutputs(Model model) => Collect(model, "");

    /// <summary>Runs the model in a pass and shows each output of a layer inside it with its path, in the order in which they come; of a layer that is applied
    /// several times, each time.</summary>
    public Tensor Run(Model model, Tensor x, CallContext context, Action<string, Tensor> see)
    {
        var outer = context.Observer;
        context.Observer = (layer, part, y) =>
        {
            outer?.Invoke(layer, part, y);
            if (layer is not Input && paths.TryGetValue(layer, out var path) && (part is not null || path != "")) see(part is null ? path : path == "" ? part : $"{path}/{part}", y);
        };
        try
        {
            return model.Apply(x, context);
        }
        finally
        {
            context.Observer = outer;
        }
    }

    void Collect(Layer layer, string path)
    {
        if (!paths.TryAdd(layer, path)) return;
        for (var i = 0; i < layer.Children.Count; i++) Collect(layer.Children[i], path == "" ? layer.ChildNames[i] : $"{path}/{layer.ChildNames[i]}");
    }
}
