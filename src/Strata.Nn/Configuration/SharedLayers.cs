using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Layers that stand in several places of one description: described at the first, and named by number at the others. Layers are numbered
/// in the order in which their descriptions end, which is that in which they are made again.</summary>
internal sealed class SharedLayers
{
    const string ClassName = "SharedLayer";
    const int MostDepth = 64; // that of JSON, which layers named by number could go around: calls go as deep as layers are nested

    [ThreadStatic]
    static SharedLayers? current;

    readonly Dictionary<Layer, int> numbers = new(ReferenceEqualityComparer.Instance);
    readonly List<Layer> layers = [];
    readonly Dictionary<Layer, int> depths = new(ReferenceEqualityComparer.Instance); // of those that were made

    /// <summary>Describes a layer, or says that it is one that was described.</summary>
    public static JsonObject Describe(Layer layer, string? name, Func<JsonObject> describe) => Within(shared =>
    {
        if (shared.numbers.TryGetValue(layer, out var number))
            return new JsonObject { ["class_name"] = ClassName, ["config"] = new JsonObject { ["name"] = name ?? layer.Name, ["layer"] = number } };
        var description = describe();
        shared.Add(layer);
        return description;
    });

    /// <summary>Makes a layer, or takes the one that was made.</summary>
    /// <exception cref="ConfigException">There is no layer of that number.</exception>
    public static IConfigurable Make(string className, JsonObject arguments, Func<IConfigurable> make) => Within(shared =>
    {
        if (className == ClassName)
        {
            var number = new Config(ClassName, arguments).Int("layer");
            return number >= 0 && number < shared.layers.Count ? shared.layers[number] : throw new ConfigException($"Config: there is no layer {number} before the place that shares it.");
        }

        var made = make();
        if (made is Layer layer)
        {
            var depth = 1 + layer.Children.Select(c => shared.depths.GetValueOrDefault(c)).DefaultIfEmpty().Max();
            if (depth > MostDepth) throw new ConfigException($"Config: layers are nested more than {MostDepth} deep.");
            shared.depths[layer] = depth;
            shared.Add(layer);
        }

        return made;
    });

    void Add(Layer layer)
    {
        numbers.TryAdd(layer, layers.Count);
        layers.Add(layer);
    }

    // The outermost description holds the numbers.
    static T Within<T>(Func<SharedLayers, T> f)
    {
        if (current is { } outer) return f(outer);
        current = new();
        try
        {
            return f(current);
        }
        finally
        {
            current = null;
        }
    }
}
