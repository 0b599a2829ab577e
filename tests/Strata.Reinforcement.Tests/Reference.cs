using System.Text.Json;

namespace Strata.Reinforcement.Tests;

/// <summary>The numbers that the scripts in the folder Reference wrote.</summary>
static class Reference
{
    public static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", name + ".json"))).RootElement;

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
