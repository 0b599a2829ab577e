using System.Text.Json;

namespace Strata.Data.Tests.KerasDatasets;

/// <summary>What make_datasets.py wrote.</summary>
static class Expected
{
    static readonly JsonElement all = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;

    /// <summary>The folder of the small data sets.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "KerasDatasets", "Files");

    public static IEnumerable<JsonElement> Cases(string name) => all.GetProperty(name).EnumerateArray();

    public static T[] Array<T>(this JsonElement element) => element.Deserialize<T[]>()!;

    /// <summary>An argument by Keras's name; the default if it is not given.</summary>
    public static int? Number(this JsonElement arguments, string name, int? otherwise) =>
        !arguments.TryGetProperty(name, out var value) ? otherwise : value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();

    public static uint Seed(this JsonElement arguments) => arguments.TryGetProperty("seed", out var seed) ? seed.GetUInt32() : 113;

    public static double TestSplit(this JsonElement arguments) => arguments.TryGetProperty("test_split", out var share) ? share.GetDouble() : .2;

    public static void Equal(JsonElement expected, TextDataset actual)
    {
        foreach (var (name, split) in new[] { ("train", actual.Train), ("test", actual.Test) })
        {
            Assert.Equal(expected.GetProperty(name).GetProperty("x").Array<int[]>(), split.Sequences);
            Assert.Equal(expected.GetProperty(name).GetProperty("y").Array<int>(), split.Labels.ToArray<int>());
        }
    }
}
