using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Tests.Reference;

/// <summary>Values and gradients that PyTorch computed in float64 (reference.py).</summary>
public static class References
{
    public sealed record Numbers(
        [property: JsonPropertyName("shape")] int[] Shape,
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("data")] JsonElement[] Data)
    {
        public Tensor ToTensor(DType floating)
        {
            var values = Array.ConvertAll(Data, ToDouble);
            var type = Type switch
            {
                "float64" or "float32" => floating,
                "int64" => DType.Int64,
                "int32" => DType.Int32,
                "uint8" => DType.UInt8,
                "bool" => DType.Bool,
                _ => throw new InvalidDataException($"No tensor type for '{Type}'."),
            };
            return Tensor.From(values, Strata.Shape.Of(Shape)).Cast(type);
        }

        static double ToDouble(JsonElement e) => e.ValueKind switch
        {
            JsonValueKind.String => double.Parse(e.GetString()!.Replace("inf", "Infinity"), System.Globalization.CultureInfo.InvariantCulture),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => e.GetDouble(),
        };
    }

    public sealed record Case(
        [property: JsonPropertyName("inputs")] Numbers[] Inputs,
        [property: JsonPropertyName("outputs")] Numbers[] Outputs,
        [property: JsonPropertyName("gradients")] Numbers?[] Gradients);

    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Dictionary<string, Case>> families = new();

    /// <summary>The case written as <c>family: name</c>, which stands in <c>Reference/family.json</c>.</summary>
    public static Case Get(string path)
    {
        var (family, name) = (path[..path.IndexOf(':')], path[(path.IndexOf(':') + 1)..].Trim());
        var cases = families.GetOrAdd(family, f =>
        {
            using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Reference", f + ".json"));
            return JsonSerializer.Deserialize<Dictionary<string, Case>>(stream)!;
        });
        return cases[name];
    }
}
