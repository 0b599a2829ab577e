using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Strata.Operations;

namespace Strata.Compilation.Saving;

/// <summary>What an operation's record holds, as JSON and back: numbers, texts, shapes, lists, and records of these, each by the parameters of its
/// constructor.</summary>
[RequiresUnreferencedCode("Operations and their settings are found by name and built by reflection.")]
[RequiresDynamicCode("Operations and their settings are found by name and built by reflection.")]
internal sealed class SettingsCode(Func<LoopBody, JsonNode> writeBody, Func<JsonNode, LoopBody> readBody)
{
    const string Kind = "operation";

    /// <summary>The operation by name and settings.</summary>
    public JsonObject Write(Operation operation)
    {
        var json = Members(operation);
        json.Insert(0, Kind, operation.GetType().FullName);
        return json;
    }

    /// <summary>The operation that <see cref="Write(Operation)"/> wrote.</summary>
    public Operation ReadOperation(JsonObject json)
    {
        var name = json[Kind]?.GetValue<string>() ?? throw new FormatException($"a node has no \"{Kind}\"");
        // Only operations of the engine itself are built: nothing else that a file may name.
        if (typeof(Operation).Assembly.GetType(name) is not { IsAbstract: false } type || !type.IsSubclassOf(typeof(Operation)))
            throw new FormatException($"'{name}' is not an operation of this version");
        return (Operation)Build(type, json);
    }

    JsonNode? Write(Type declared, object? value) => value switch
    {
        null => null,
        bool x => x,
        int x => x,
        long x => x,
        uint x => x,
        double x => double.IsFinite(x) ? x : x.ToString(System.Globalization.CultureInfo.InvariantCulture),
        string x => x,
        Enum x => x.ToString(),
        Shape x => new JsonArray([.. x.Span.ToArray().Select(size => JsonValue.Create(size))]),
        LoopBody x => writeBody(x),
        ScanDerivative => null, // of use only to those who differentiate a loop while it is traced
        Operation x => Write(x),
        ITuple x => new JsonArray([.. Enumerable.Range(0, x.Length).Select(i => Write(x[i]!.GetType(), x[i]))]),
        Delegate => throw new StrataException("SavedFunction.Save: the function looks at tensors on the host (Inspect, Print, Break); a file cannot hold that."),
        IEnumerable x => new JsonArray([.. x.Cast<object>().Select(item => Write(item.GetType(), item))]),
        _ when Constructor(declared).GetParameters().Length > 0 => Members(value),
        _ => throw new StrataException($"SavedFunction.Save: a {declared.Name} cannot be written to a file."),
    };

    JsonObject Members(object value)
    {
        var json = new JsonObject();
        foreach (var parameter in Constructor(value.GetType()).GetParameters())
            json[parameter.Name!] = Write(parameter.ParameterType, value.GetType().GetProperty(parameter.Name!)!.GetValue(value));
        return json;
    }

    object? Read(Type type, JsonNode? json)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return json is null ? null : Read(inner, json);
        if (json is null) return type.IsValueType ? throw new FormatException($"a {type.Name} is missing") : null;
        if (type == typeof(bool)) return json.GetValue<bool>();
        if (type == typeof(int)) return json.GetValue<int>();
        if (type == typeof(long)) return json.GetValue<long>();
        if (type == typeof(uint)) return json.GetValue<uint>();
        if (type == typeof(double))
            return json.GetValueKind() == System.Text.Json.JsonValueKind.String ? double.Parse(json.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) : json.GetValue<double>();
        if (type == typeof(string)) return json.GetValue<string>();
        if (type.IsEnum) return Enum.TryParse(type, json.GetValue<string>(), out var value) ? value : throw new FormatException($"'{json}' is not one of {type.Name}");
        if (type == typeof(Shape)) return Shape.Of([.. json.AsArray().Select(size => size!.GetValue<int>())]);
        if (type == typeof(LoopBody)) return readBody(json);
        if (type.IsAssignableTo(typeof(Operation))) return ReadOperation(json.AsObject());
        if (type.IsAssignableTo(typeof(ITuple)))
        {
            var items = type.GetGenericArguments();
            if (json.AsArray().Count != items.Length) throw new FormatException($"a tuple has {json.AsArray().Count} items, not {items.Length}");
            return Activator.CreateInstance(type, [.. items.Select((item, i) => Read(item, json.AsArray()[i]))]);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            var item = type.GetGenericArguments()[0];
            var values = json.AsArray().Select(x => Read(item, x)).ToArray();
            var typed = Array.CreateInstanceFromArrayType(item.MakeArrayType(), values.Length);
            values.CopyTo(typed, 0);
            return Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.NonPublic, null, [typed], null);
        }

        return Build(type, json.AsObject());
    }

    object Build(Type type, JsonObject json)
    {
        var constructor = Constructor(type);
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. constructor.GetParameters().Select(p => json.ContainsKey(p.Name!)
            ? Read(p.ParameterType, json[p.Name!])
            : p.HasDefaultValue ? p.DefaultValue : throw new FormatException($"{type.Name} lacks its {p.Name}"))], null);
    }

    // The longest constructor whose parameters are properties: that of a record.
    static ConstructorInfo Constructor(Type type) => type
        .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Where(c => c.GetParameters().All(p => type.GetProperty(p.Name!)?.PropertyType == p.ParameterType))
        .MaxBy(c => c.GetParameters().Length) ?? throw new StrataException($"SavedFunction.Save: a {type.Name} cannot be written to a file.");
}
