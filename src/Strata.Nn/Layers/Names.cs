namespace Strata.Nn;

/// <summary>The names that layers get by themselves.</summary>
internal static class Names
{
    /// <summary>Names a layer that has no name yet as Keras does: its type in snake case and the next free number, <c>dense_2</c>.</summary>
    /// <exception cref="StrataException">Another of the <paramref name="siblings"/> has its name.</exception>
    public static void Give(Layer layer, IReadOnlyCollection<Layer> siblings)
    {
        var taken = siblings.Where(s => !ReferenceEquals(s, layer)).Select(s => s.Name).ToHashSet();
        if (layer.IsNamed)
        {
            if (taken.Contains(layer.Name)) throw new StrataException($"Model: two layers are named '{layer.Name}', and names within a model must differ; give one a name of its own: new {layer.GetType().Name}(…) {{ Name = \"…\" }}.");
            return;
        }

        var stem = layer.Name;
        var number = 1;
        while (taken.Contains($"{stem}_{number}")) number++;
        layer.NameAs($"{stem}_{number}");
    }
}
