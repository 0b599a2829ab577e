namespace Strata.Nn;

/// <summary>The names of the layers inside of one layer. Thousands of layers may be there, so each name is found at once.</summary>
internal sealed class Names
{
    readonly HashSet<string> taken = [];
    readonly Dictionary<string, int> numbers = []; // by stem, the last that was given

    /// <summary>The name of a layer that is added: the one that the user gave, or as in Keras its type in snake case and the next free number,
    /// <c>dense_2</c>. A layer keeps the number that another model gave it, unless it is taken here.</summary>
    /// <exception cref="StrataException">Another layer has the name that the user gave.</exception>
    public string Add(Layer layer)
    {
        if (layer.IsNamed || (layer.IsNumbered && !taken.Contains(layer.Name)))
        {
            return taken.Add(layer.Name)
                ? layer.Name
                : throw new StrataException($"Model: two layers are named '{layer.Name}', and names within a model must differ; give one a name of its own: new {layer.GetType().Name}(…) {{ Name = \"…\" }}.");
        }

        var stem = SnakeCase.Of(layer.GetType().Name);
        var number = numbers.GetValueOrDefault(stem);
        string name;
        do name = $"{stem}_{++number}";
        while (!taken.Add(name));
        numbers[stem] = number;
        layer.NameAs(name);
        return name;
    }

    /// <summary>Frees a name, and with it the numbers from it on.</summary>
    public void Remove(string name)
    {
        taken.Remove(name);
        numbers.Clear();
    }
}
