namespace Strata.Data;

/// <summary>How many insertions, deletions and substitutions lead from one sequence to another (Levenshtein 1966), and the error rates made of it.</summary>
public static class EditDistance
{
    /// <summary>The distance of two sequences.</summary>
    public static int Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : IEquatable<T>
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1].Equals(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    /// <summary>The distance of two texts in characters.</summary>
    public static int Of(string a, string b) => Of<char>(a, b);

    /// <summary>Word error rate: the distances of the words of all texts together by the number of words that the references have.</summary>
    /// <exception cref="StrataException">The lists are of different length, or the references have no word.</exception>
    public static double WordErrorRate(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses) =>
        Rate(references, hypotheses, text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Character error rate: the distances of the characters of all texts together by the number of characters that the references have.</summary>
    /// <inheritdoc cref="WordErrorRate"/>
    public static double CharacterErrorRate(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses) => Rate(references, hypotheses, text => text.ToCharArray());

    static double Rate<T>(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses, Func<string, T[]> items)
        where T : IEquatable<T>
    {
        if (references.Count != hypotheses.Count) throw new StrataException($"EditDistance: there are {references.Count} references, but {hypotheses.Count} hypotheses.");
        var (errors, total) = (0L, 0L);
        for (var i = 0; i < references.Count; i++)
        {
            var reference = items(references[i]);
            errors += Of<T>(reference, items(hypotheses[i]));
            total += reference.Length;
        }

        return total > 0 ? (double)errors / total : throw new StrataException("EditDistance: the references are empty, so there is no rate.");
    }
}
