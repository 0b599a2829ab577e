namespace Strata.Data;

/// <summary>Characters as one-hot vectors, and back.</summary>
public sealed class CharacterTable
{
    readonly char[] characters;
    readonly Dictionary<char, int> indices = [];

    /// <summary>A table of characters, which are numbered in the order of their codes.</summary>
    /// <param name="characters">The characters; those that come again count once.</param>
    /// <exception cref="StrataException">There are none.</exception>
    public CharacterTable(string characters)
    {
        this.characters = [.. characters.Distinct().Order()];
        if (this.characters.Length == 0) throw new StrataException("CharacterTable: there are no characters.");
        for (var i = 0; i < this.characters.Length; i++) indices[this.characters[i]] = i;
    }

    /// <summary>The number of characters.</summary>
    public int Count => characters.Length;

    /// <summary>The texts as one-hot vectors [texts, length, <see cref="Count"/>].</summary>
    /// <exception cref="StrataException">The texts differ in length, or hold a character that is not in the table.</exception>
    public Tensor Encode(IReadOnlyList<string> texts)
    {
        var length = texts.Count == 0 ? 0 : texts[0].Length;
        var values = new float[texts.Count * length * Count];
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (text.Length != length) throw new StrataException($"CharacterTable: '{text}' has {text.Length} characters, but '{texts[0]}' has {length}; pad the texts to one length.");
            for (var t = 0; t < length; t++)
                values[(((i * length) + t) * Count) + (indices.TryGetValue(text[t], out var c) ? c : throw new StrataException($"CharacterTable: '{text[t]}' in '{text}' is not in the table."))] = 1;
        }

        return Tensor.From(values, [texts.Count, length, Count]);
    }

    /// <summary>The texts of the likeliest characters.</summary>
    /// <param name="probabilities">One-hot vectors or probabilities [texts, length, <see cref="Count"/>].</param>
    /// <exception cref="ShapeException">The shape is another.</exception>
    public string[] Decode(Tensor probabilities)
    {
        if (probabilities.Rank != 3 || probabilities.Shape[2] != Count)
            throw new ShapeException($"CharacterTable: the probabilities must be [texts, length, {Count}], but they are {probabilities.Shape}.");
        var length = probabilities.Shape[1];
        var likeliest = probabilities.ArgMax(-1).ToArray<long>();
        return [.. Enumerable.Range(0, probabilities.Shape[0]).Select(i => string.Concat(likeliest.Skip(i * length).Take(length).Select(c => characters[c])))];
    }
}
