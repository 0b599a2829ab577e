namespace Strata.Nn;

/// <summary>The names that layers get by themselves.</summary>
internal static class Names
{
    /// <summary>The name of a layer within a model: the one that the user gave, or as in Keras its type in snake case and the next free number,
    /// <c>dense_2</c>. A layer keeps the number that another model gave it, unless it is taken here.</summary>
    /// <param name="taken">The names of the layers that the model has.</param>
    /// <param name="layer">The layer that is added.</param>
    /// <exception cref="StrataException">Another layer has the name that the user gave.</exception>
    public static string Within(IReadOnlyCollection<string> taken, Layer layer)
    {
        if (layer.IsNamed || (layer.IsNumbered && !taken.Contains(layer.Name)))
        {
            return !taken.Contains(layer.Name)
                ? layer.Name
                : throw new StrataException($"Model: two layers are named '{layer.Name}', and names within a model must differ; give one a name of its own: new {layer.GetType().Name}(…) {{ Name = \"…\" }}.");
        }

        var stem = SnakeCase.Of(layer.GetType().Name);
        var number = 1;
        while (taken.Contains($"{stem}_{number}")) number++;
        layer.NameAs($"{stem}_{number}");
        return $"{stem}_{number}";
    }
}
