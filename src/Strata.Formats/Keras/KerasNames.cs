using System.Text.RegularExpressions;
using Strata.Nn;

namespace Strata.Formats.Keras;

/// <summary>Which array of a Keras file belongs to which weight of a model. Layouts are the same, names are not.</summary>
/// <remarks>
/// <para>Files of Keras 2, <c>[model_weights/]dense_1/dense_1/kernel:0</c>: a layer that was given a name by that, any other by its place among those of its class, those inside
/// of blocks that Keras has no class for among the others; the weight by the last part; the halves of a <see cref="Bidirectional"/> by "forward" and "backward".</para>
/// <para>Files of Keras 3, <c>layers/dense_1/vars/0</c> (in the first files of that form <c>_layer_checkpoint_dependencies/…</c>): layers by their places among those of
/// their class, weights by number.</para>
/// </remarks>
static partial class KerasNames
{
    const string First = "model_weights/", Variables = "/vars/", Mark = ":0";
    static readonly string[] containers = ["layers/", "_layer_checkpoint_dependencies/"];

    /// <summary>Whether a tensor is called as in a file of Keras.</summary>
    public static bool IsKeras(string name) => name.EndsWith(Mark, StringComparison.Ordinal) || $"/{name}".Contains(Variables, StringComparison.Ordinal);

    /// <summary>Whether a tensor of such a file is none of the model's: states of optimizers, metrics and random streams.</summary>
    public static bool IsIgnored(string name) => IsKeras(name)
        && (name.StartsWith("optimizer_weights/", StringComparison.Ordinal)
            || (!name.EndsWith(Mark, StringComparison.Ordinal) && (name.Contains("seed_generator/", StringComparison.Ordinal) || !System.Array.Exists(containers, c => name.StartsWith(c, StringComparison.Ordinal)))));

    /// <summary>The name of the array for the path of each weight that one was found for.</summary>
    public static IReadOnlyDictionary<string, string> Of(Model model, IEnumerable<string> names)
    {
        var found = new Dictionary<string, string>();
        string[] own = [.. names.Where(n => IsKeras(n) && !IsIgnored(n))];
        var numbered = own.Where(n => n.Contains(Variables, StringComparison.Ordinal)).ToList();
        if (numbered.Count > 0) Numbered(model, "", "", numbered, found);
        else Named(model, [.. own], found);
        return found;
    }

    // ---- Keras 2 ----

    static void Named(Model model, List<string> names, Dictionary<string, string> found)
    {
        var groups = names.GroupBy(n => Inner(n).Split('/')[0]).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (layer, path, ordinal) in Numbered(Flat(model, "", groups), l => !l.IsNamed))
        {
            // A number that nobody chose says nothing: where Keras counts from nothing or in an old session, dense_1 is another layer.
            var key = layer.IsNamed ? layer.Name : Nth(groups, SnakeCase.Of(layer.GetType().Name), ordinal);
            if (key is null || !groups.TryGetValue(key, out var group)) continue;
            if (layer is not Model) Pair([.. Below(layer, path + "/")], group, found);
            else
                foreach (var (inner, child) in Members(layer))
                    Pair([.. Below(inner, $"{path}/{child}/")], [.. group.Where(n => n.Contains($"/{child}/", StringComparison.Ordinal))], found);
        }
    }

    // The layers of a model with their paths. Keras's own networks are graphs without blocks: where a class that is not the library's holds layers together and the file
    // does not know it, they stand in its place.
    static IEnumerable<(Layer Layer, string Path)> Flat(Layer model, string path, Dictionary<string, List<string>> groups) => Members(model).SelectMany(member =>
        member.Layer is Model || member.Layer.Children.Count == 0 || member.Layer.GetType().Assembly == typeof(Layer).Assembly
            || groups.ContainsKey(member.Name) || Nth(groups, SnakeCase.Of(member.Layer.GetType().Name), 0) is not null
            ? [(member.Layer, path + member.Name)]
            : Flat(member.Layer, $"{path}{member.Name}/", groups));

    // Weights of one layer and arrays of one group, by their last names; where several have one, by direction and then by place.
    static void Pair(List<string> paths, List<string> names, Dictionary<string, string> found)
    {
        foreach (var some in paths.GroupBy(p => (Last(p), IsBackward(p))))
        {
            var candidates = names.Where(n => (Last(n), IsBackward(n)) == some.Key).OrderBy(Padded, StringComparer.Ordinal).ToList();
            if (candidates.Count != some.Count()) continue;
            foreach (var (path, name) in some.Zip(candidates)) found[path] = name;
        }
    }

    static string Inner(string name) => name.StartsWith(First, StringComparison.Ordinal) ? name[First.Length..] : name;

    static string Last(string path) => path[(path.LastIndexOf('/') + 1)..] is var last && last.EndsWith(Mark, StringComparison.Ordinal) ? last[..^Mark.Length] : last;

    static bool IsBackward(string path) => path.Contains("backward", StringComparison.Ordinal);

    // ---- Keras 3 ----

    static void Numbered(Layer model, string path, string group, List<string> names, Dictionary<string, string> found)
    {
        if (System.Array.Find(containers, c => Any($"{group}{c}")) is not { } container) return;
        var at = group + container;
        var groups = names.Where(n => n.StartsWith(at, StringComparison.Ordinal)).GroupBy(n => n[at.Length..].Split('/')[0]).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (layer, name, ordinal) in Numbered(Members(model), _ => true))
        {
            if (Nth(groups, SnakeCase.Of(layer.GetType().Name), ordinal) is not { } key) continue;
            if (System.Array.Exists(containers, c => Any($"{at}{key}/{c}"))) Numbered(layer, $"{path}{name}/", $"{at}{key}/", names, found);
            else if (Below(layer, $"{path}{name}/").ToList() is var paths && paths.Count == groups[key].Count)
                foreach (var (own, theirs) in paths.Zip(groups[key].OrderBy(n => Padded(n.Replace("forward", "0", StringComparison.Ordinal)), StringComparer.Ordinal))) found[own] = theirs;
        }

        bool Any(string start) => names.Exists(n => n.StartsWith(start, StringComparison.Ordinal));
    }

    // ---- Both ----

    static IEnumerable<(Layer Layer, string Name)> Members(Layer model) => model.Children.Zip(model.ChildNames);

    /// <summary>Layers with their places among those of their class that count.</summary>
    static IEnumerable<(Layer Layer, string Name, int Ordinal)> Numbered(IEnumerable<(Layer Layer, string Name)> layers, Func<Layer, bool> counts)
    {
        var places = new Dictionary<Type, int>();
        foreach (var (layer, name) in layers)
        {
            var ordinal = places.GetValueOrDefault(layer.GetType());
            if (counts(layer)) places[layer.GetType()] = ordinal + 1;
            yield return (layer, name, ordinal);
        }
    }

    // Of the groups named after a class, dense, dense_1, …, that of a place.
    static string? Nth(Dictionary<string, List<string>> groups, string stem, int ordinal) =>
        groups.Keys.Where(k => k == stem || Numbers().Match(k) is { Success: true } m && m.Groups[1].Value == stem).OrderBy(Padded, StringComparer.Ordinal).ElementAtOrDefault(ordinal);

    // Numbers in the order of their values: dense before dense_2 before dense_10.
    static string Padded(string name) => Digits().Replace(name, m => m.Value.PadLeft(9, '0'));

    static IEnumerable<string> Below(Layer layer, string path)
    {
        foreach (var weight in layer.OwnWeights) yield return path + weight.Name;
        for (var i = 0; i < layer.Children.Count; i++)
            foreach (var inner in Below(layer.Children[i], $"{path}{layer.ChildNames[i]}/")) yield return inner;
    }

    [GeneratedRegex(@"^(.*)_\d+$")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
