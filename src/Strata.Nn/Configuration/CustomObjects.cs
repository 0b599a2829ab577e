using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>What descriptions are made into things again by: one function a class name, and names that stand for things without arguments. All
/// of this library is known; what is your own is registered once, before it is read:
/// <c>CustomObjects.Register("Scale", config =&gt; new Scale(config.Double("factor")))</c>.</summary>
public static partial class CustomObjects
{
    static readonly ConcurrentDictionary<string, Func<Config, IConfigurable>> makers = new(BuiltIn(), StringComparer.Ordinal);
    static readonly ConcurrentDictionary<(Type Kind, string Name), Func<IConfigurable>> named = new();

    /// <summary>Makes a class known: a layer, a loss, an optimizer, an initializer, …</summary>
    /// <param name="className">The name of the class.</param>
    /// <param name="make">From the arguments that its GetConfig wrote to an object. Name, trainability and element type of a layer are set afterwards.</param>
    public static void Register(string className, Func<Config, IConfigurable> make) => makers[className] = make;

    /// <summary>Makes a name stand for something: <c>Register("cube", () =&gt; Activation.Of("cube", x =&gt; x * x * x))</c>.</summary>
    /// <typeparam name="T">Its kind: Activation, Loss, Metric, Optimizer, Initializer, Regularizer, Constraint or Schedule.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="make">Makes it.</param>
    public static void Register<T>(string name, Func<T> make)
        where T : class, IConfigurable => named[(typeof(T), name)] = make;

    /// <summary>The names of all classes that are known.</summary>
    internal static IEnumerable<string> Names => makers.Keys;

    internal static bool Knows(string className) => makers.ContainsKey(className);

    /// <summary>What a description or a name stands for.</summary>
    /// <exception cref="ConfigException">Nothing of this kind.</exception>
    internal static T Make<T>(JsonNode description)
        where T : class, IConfigurable
    {
        switch (description)
        {
            case JsonValue value when value.TryGetValue<string>(out var name):
                return Named<T>(name);
            case JsonObject json when json["class_name"] is JsonValue v && v.TryGetValue<string>(out var className):
                return Make<T>(className, json["config"] as JsonObject ?? []);
            default:
                throw new ConfigException($"Config: a {typeof(T).Name} is described by its name or by {{\"class_name\": …, \"config\": …}}.");
        }
    }

    internal static T Make<T>(string className, JsonObject arguments)
        where T : class, IConfigurable
    {
        try
        {
            return SharedLayers.Make(className, arguments, MakeOnce) as T ?? throw new ConfigException($"Config: {className} is no {typeof(T).Name}.");
        }
        catch (Exception e) when (e is ArgumentException or ShapeException)
        {
            throw new ConfigException($"Config: {className} cannot be made: {e.Message}", e);
        }

        IConfigurable MakeOnce()
        {
            if (!makers.TryGetValue(className, out var make))
                throw new ConfigException($"Config: nothing is known that makes a {className}; register it: CustomObjects.Register(\"{className}\", config => new {className}(…)).");
            var config = new Config(className, arguments);
            var made = make(config);
            (made as IHasCommonArguments)?.ReadCommon(config);
            return made;
        }
    }

    /// <summary>What a name stands for.</summary>
    /// <exception cref="ConfigException">Nothing of this kind.</exception>
    internal static T Named<T>(string name)
        where T : class, IConfigurable =>
        (named.TryGetValue((typeof(T), name), out var make) ? make() as T : null)
        ?? StandardNames.Find<T>(name)
        ?? throw new ConfigException($"Config: no {typeof(T).Name} is named '{name}'; register it: CustomObjects.Register<{typeof(T).Name}>(\"{name}\", () => …).");

    private static partial IEnumerable<KeyValuePair<string, Func<Config, IConfigurable>>> BuiltIn();
}
