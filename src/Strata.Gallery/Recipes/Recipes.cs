namespace Strata.Gallery;

/// <summary>The recipes of the gallery.</summary>
public static partial class Recipes
{
    /// <summary>All recipes, by family and name.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [.. Found().OrderBy(r => r.Family, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>The recipe with the given id.</summary>
    /// <exception cref="StrataException">There is none; the message suggests the nearest.</exception>
    public static Recipe Get(string id) => All.FirstOrDefault(r => r.Id == id)
        ?? throw new StrataException($"There is no recipe '{id}'; did you mean '{Nearest(id)}'? 'strata list' shows all.");

    /// <summary>The recipes that any of <paramref name="names"/> means: an id, or a family or its beginning (<c>vision</c>); all for none.</summary>
    /// <exception cref="StrataException">A name means nothing.</exception>
    public static IReadOnlyList<Recipe> Select(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return All;
        var chosen = new List<Recipe>();
        foreach (var name in names)
        {
            var family = All.Where(r => InFamily(r, name)).ToArray();
            chosen.AddRange(family.Length > 0 ? family : [Get(name)]);
        }

        return [.. chosen.Distinct()];
    }

    private static partial Recipe[] Found();

    static bool InFamily(Recipe recipe, string name)
    {
        var path = name.Replace('/', '.');
        return recipe.Family.Equals(path, StringComparison.OrdinalIgnoreCase) || recipe.Family.StartsWith(path + ".", StringComparison.OrdinalIgnoreCase);
    }

    static string Nearest(string id) => All.MinBy(r => EditDistance(id.ToLowerInvariant(), r.Id))!.Id;

    // Levenshtein's distance, one row at a time.
    static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
