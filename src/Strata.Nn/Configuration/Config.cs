using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Strata.Nn;

/// <summary>The arguments of something that is made again from its description: typed values of a JSON object, with errors that name class and
/// argument.</summary>
/// <param name="className">The class that is described.</param>
/// <param name="arguments">Its arguments by name.</param>
public sealed partial class Config(string className, JsonObject arguments)
{
    /// <summary>The class that is described.</summary>
    public string ClassName => className;

    /// <summary>Whether an argument is there and not null.</summary>
    public bool Has(string name) => arguments.TryGetPropertyValue(name, out var value) && value is not null;

    /// <summary>An integer.</summary>
    /// <exception cref="ConfigException">It is not there or no integer.</exception>
    public int Int(string name) => Number(Value(name)) is { } number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
        ? (int)number
        : throw Wrong(name, "an integer");

    /// <summary>An integer of up to 2⁵³.</summary>
    /// <exception cref="ConfigException">It is not there or no integer.</exception>
    public long Long(string name) => Double(name) is var number && number == Math.Floor(number) && Math.Abs(number) <= 1L << 53 ? (long)number : throw Wrong(name, "an integer");

    /// <summary>A number.</summary>
    /// <exception cref="ConfigException">It is not there or no number.</exception>
    public double Double(string name) => Number(Value(name)) ?? throw Wrong(name, "a number");

    /// <summary>A number; null if it is not there.</summary>
    /// <exception cref="ConfigException">It is no number.</exception>
    public double? DoubleOrNull(string name) => Has(name) ? Double(name) : null;

    /// <summary>True or false; null if it is not there.</summary>
    /// <exception cref="ConfigException">It is neither.</exception>
    public bool? BoolOrNull(string name) => Has(name) ? Bool(name) : null;

    /// <summary>A learning rate: a number or a schedule.</summary>
    /// <exception cref="ConfigException">It is not there or neither.</exception>
    public Schedule Rate(string name) => Value(name) is JsonObject ? Required<Schedule>(name) : Double(name);

    /// <summary>True or false.</summary>
    /// <exception cref="ConfigException">It is not there or neither.</exception>
    public bool Bool(string name) => Value(name) is JsonValue v && v.TryGetValue<bool>(out var truth) ? truth : throw Wrong(name, "true or false");

    /// <summary>A text.</summary>
    /// <exception cref="ConfigException">It is not there or no text.</exception>
    public string Text(string name) => Value(name) is JsonValue v && v.TryGetValue<string>(out var text) ? text : throw Wrong(name, "a text");

    /// <summary>A list of integers.</summary>
    /// <exception cref="ConfigException">It is not there or no such list.</exception>
    public int[] Ints(string name)
    {
        if (Value(name) is not JsonArray array) throw Wrong(name, "a list of integers");
        return [.. array.Select(item => Number(item) is { } number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : throw Wrong(name, "a list of integers"))];
    }

    /// <summary>A list of integers of up to 2⁵³.</summary>
    /// <exception cref="ConfigException">It is not there or no such list.</exception>
    public long[] Longs(string name) =>
        System.Array.ConvertAll(Doubles(name), number => number == Math.Floor(number) && Math.Abs(number) <= 1L << 53 ? (long)number : throw Wrong(name, "a list of integers"));

    /// <summary>A list of numbers.</summary>
    /// <exception cref="ConfigException">It is not there or no such list.</exception>
    public double[] Doubles(string name)
    {
        if (Value(name) is not JsonArray array) throw Wrong(name, "a list of numbers");
        return [.. array.Select(item => Number(item) ?? throw Wrong(name, "a list of numbers"))];
    }

    /// <summary>A list of objects.</summary>
    /// <exception cref="ConfigException">It is not there or no such list.</exception>
    public IReadOnlyList<JsonObject> Objects(string name) => Value(name) is JsonArray array && array.All(i => i is JsonObject)
        ? [.. array.Select(i => (JsonObject)i!)]
        : throw Wrong(name, "a list of objects");

    /// <summary>A list of anything.</summary>
    /// <exception cref="ConfigException">It is not there or no list.</exception>
    public JsonArray Array(string name) => Value(name) as JsonArray ?? throw Wrong(name, "a list");

    /// <summary>Something that <see cref="Of(IConfigurable?)"/> described, or a name that stands for it; null if it is not there.</summary>
    /// <exception cref="ConfigException">The description is not well-formed or is of something else.</exception>
    public T? Object<T>(string name)
        where T : class, IConfigurable => Has(name) ? CustomObjects.Make<T>(Value(name)!) : null;

    /// <summary>Something that must be there.</summary>
    /// <inheritdoc cref="Object{T}(string)"/>
    public T Required<T>(string name)
        where T : class, IConfigurable => Object<T>(name) ?? throw Wrong(name, "a description");

    /// <summary>A type of elements.</summary>
    /// <exception cref="ConfigException">It is not there or no such name.</exception>
    public DType DType(string name) => Enum.GetValues<DType>().Where(t => t.Name() == Text(name)).Select(t => (DType?)t).FirstOrDefault() ?? throw Wrong(name, "a type of elements");

    /// <summary>One of the names of an enumeration.</summary>
    /// <exception cref="ConfigException">It is not there or no such name.</exception>
    public T Enumeration<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(name), ignoreCase: true, out var value) ? value : throw Wrong(name, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>How borders are treated: "valid", "same", "causal" or pairs of amounts.</summary>
    /// <exception cref="ConfigException">It is not there or none of these.</exception>
    public Padding Padding(string name)
    {
        if (Value(name) is JsonArray)
        {
            var pairs = Pairs(name);
            return pairs.Length > 0 && pairs.All(p => p.Item1 >= 0 && p.Item2 >= 0) ? Strata.Padding.Of(pairs) : throw Wrong(name, "amounts of 0 or more");
        }

        return Text(name).ToLowerInvariant() switch
        {
            "valid" => Strata.Padding.Valid,
            "same" => Strata.Padding.Same,
            "causal" => Strata.Padding.Causal,
            _ => throw Wrong(name, "valid, same, causal or pairs of amounts"),
        };
    }

    /// <summary>Height and width.</summary>
    /// <exception cref="ConfigException">It is not there or not two integers.</exception>
    public Window Window(string name) => Ints(name) is [var height, var width] ? (height, width) : throw Wrong(name, "two integers");

    /// <summary>Depth, height and width.</summary>
    /// <exception cref="ConfigException">It is not there or not three integers.</exception>
    public Window3D Window3D(string name) => Ints(name) is [var depth, var height, var width] ? (depth, height, width) : throw Wrong(name, "three integers");

    /// <summary>A list of pairs of integers.</summary>
    /// <exception cref="ConfigException">It is not there or no such list.</exception>
    public (int, int)[] Pairs(string name)
    {
        if (Value(name) is not JsonArray array) throw Wrong(name, "a list of pairs");
        return [.. array.Select(item => item is JsonArray { Count: 2 } pair && Number(pair[0]) is { } a && Number(pair[1]) is { } b && Math.Abs(a) <= int.MaxValue && Math.Abs(b) <= int.MaxValue && a == Math.Floor(a) && b == Math.Floor(b)
            ? ((int)a, (int)b)
            : throw Wrong(name, "a list of pairs"))];
    }

    /// <summary>The mistake that an argument is not what it should be.</summary>
    public ConfigException Wrong(string name, string expected) => new($"Config: '{name}' of {className} must be {expected}, but {(Has(name) ? $"is {Shown(name)}" : "is missing")}.");

    // A number as it was parsed or as it was put there, of whatever type; NaN and infinities, which JSON lacks, are texts.
    static double? Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String when node.GetValue<string>() is "NaN" or "Infinity" or "-Infinity" => double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture),
        _ => null,
    };

    JsonNode? Value(string name) => arguments.TryGetPropertyValue(name, out var value) ? value : null;

    string Shown(string name) => Value(name)!.ToJsonString() is var text && text.Length > 60 ? text[..60] + "…" : text;

    // ---- Writing ----

    /// <summary>The class and the arguments of something, as <c>{"class_name": …, "config": …}</c>; null for null.</summary>
    /// <exception cref="ConfigException">It cannot be made again, because its class is not registered.</exception>
    public static JsonNode? Of(IConfigurable? item)
    {
        if (item is null) return null;
        if (item is INamedFunction { FunctionName: { } function }) return function;
        return Describe(item);
    }

    /// <summary>The class and the arguments of something, even where a name would do.</summary>
    /// <exception cref="ConfigException">It cannot be made again, because its class is not registered.</exception>
    internal static JsonObject Describe(IConfigurable item, string? layerName = null) =>
        item is Layer layer ? SharedLayers.Describe(layer, layerName, () => DescribeOnce(item, layerName)) : DescribeOnce(item, null);

    static JsonObject DescribeOnce(IConfigurable item, string? layerName)
    {
        var name = item.GetType().Name;
        var config = item is Model ? item.GetConfig() : null; // a model says itself what is wrong
        if (!CustomObjects.Knows(name)) throw new ConfigException($"Config: {name} cannot be written, because nothing is known that makes it again: CustomObjects.Register(\"{name}\", config => new {name}(…)).");
        config ??= item.GetConfig();
        if (layerName is not null) config["name"] = layerName;
        return new JsonObject { ["class_name"] = name, ["config"] = config };
    }

    /// <summary>A list of integers.</summary>
    public static JsonArray Of(ReadOnlySpan<int> values)
    {
        var array = new JsonArray();
        foreach (var value in values) array.Add((JsonNode)value);
        return array;
    }

    /// <summary>A list of integers.</summary>
    public static JsonArray Of(ReadOnlySpan<long> values)
    {
        var array = new JsonArray();
        foreach (var value in values) array.Add((JsonNode)value);
        return array;
    }

    /// <summary>A number, which may be infinite.</summary>
    public static JsonNode Of(double value) => double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A list of numbers.</summary>
    public static JsonArray Of(ReadOnlySpan<double> values)
    {
        var array = new JsonArray();
        foreach (var value in values) array.Add(Of(value));
        return array;
    }

    /// <summary>A list of pairs of integers.</summary>
    public static JsonArray Of(ReadOnlySpan<(int, int)> pairs)
    {
        var array = new JsonArray();
        foreach (var (a, b) in pairs) array.Add((JsonNode)Of([a, b]));
        return array;
    }

    /// <summary>Height and width.</summary>
    public static JsonArray Of(Window window) => Of(window.Sizes);

    /// <summary>Depth, height and width.</summary>
    public static JsonArray Of(Window3D window) => Of(window.Sizes);

    /// <summary>How borders are treated.</summary>
    public static JsonNode Of(Padding padding)
    {
        var text = padding.ToString();
        if (!text.StartsWith('[')) return text.ToLowerInvariant();
        int[] amounts = [.. Digits().Matches(text).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];
        return Of([.. amounts.Chunk(2).Select(p => (p[0], p[1]))]);
    }

    /// <summary>The JSON that is written of something is read again here: an object with all brackets closed.</summary>
    /// <exception cref="ConfigException">It is not well-formed.</exception>
    internal static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw new ConfigException("Config: the text is no JSON object.");
        }
        catch (JsonException e)
        {
            throw new ConfigException($"Config: the text is no JSON: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
