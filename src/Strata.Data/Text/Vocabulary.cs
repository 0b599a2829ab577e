namespace Strata.Data;

/// <summary>Tokens and their numbers, from 0.</summary>
public sealed class Vocabulary
{
    readonly string[] tokens;
    readonly Dictionary<string, int> indices;

    /// <summary>A vocabulary of tokens in the order of their numbers.</summary>
    /// <param name="tokens">The tokens, each once.</param>
    /// <param name="unknown">The token that stands for all that are missing; null: a missing one is an error.</param>
    /// <exception cref="StrataException">A token stands twice, or the unknown one is missing.</exception>
    public Vocabulary(IEnumerable<string> tokens, string? unknown = null)
    {
        this.tokens = [.. tokens];
        indices = new Dictionary<string, int>(this.tokens.Length, StringComparer.Ordinal);
        for (var i = 0; i < this.tokens.Length; i++)
            if (!indices.TryAdd(this.tokens[i], i)) throw new StrataException($"Vocabulary: the token '{this.tokens[i]}' stands twice.");
        Unknown = unknown;
        if (unknown is not null && !indices.ContainsKey(unknown)) throw new StrataException($"Vocabulary: the unknown token '{unknown}' is not one of the tokens.");
    }

    /// <summary>The number of tokens.</summary>
    public int Count => tokens.Length;

    /// <summary>The token that stands for all that are missing.</summary>
    public string? Unknown { get; }

    /// <summary>The token of a number.</summary>
    public string this[int index] => index >= 0 && index < tokens.Length
        ? tokens[index]
        : throw new StrataException($"Vocabulary: there is no token {index}; there are {tokens.Length}.");

    /// <summary>The number of a token.</summary>
    /// <exception cref="StrataException">It is missing, and there is no unknown token.</exception>
    public int this[string token] => indices.TryGetValue(token, out var index) ? index
        : Unknown is not null ? indices[Unknown]
        : throw new StrataException($"Vocabulary: '{token}' is not in it.");

    /// <summary>Whether a token is there.</summary>
    public bool Contains(string token) => indices.ContainsKey(token);

    /// <summary>The numbers of tokens.</summary>
    public int[] Encode(IEnumerable<string> text) => [.. text.Select(t => this[t])];

    /// <summary>The tokens of numbers.</summary>
    public string[] Decode(IEnumerable<int> numbers) => [.. numbers.Select(n => this[n])];

    /// <summary>The vocabulary of texts: special tokens first, then the others by falling frequency, equally frequent ones by first appearance.</summary>
    /// <param name="texts">Texts as tokens.</param>
    /// <param name="special">Tokens that are not words, such as padding, start and end.</param>
    /// <param name="unknown">The token for missing ones, put after the special ones unless it is one of them.</param>
    /// <param name="minFrequency">How often a token must occur.</param>
    /// <param name="maxSize">The most tokens, special ones included.</param>
    public static Vocabulary Of(IEnumerable<IEnumerable<string>> texts, IEnumerable<string>? special = null, string? unknown = null, int minFrequency = 1, int? maxSize = null)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in texts.SelectMany(t => t)) counts[token] = counts.GetValueOrDefault(token) + 1;
        var first = (special ?? []).Concat(unknown is null ? [] : [unknown]).Distinct().ToArray();
        var others = counts.Where(c => c.Value >= minFrequency).OrderByDescending(c => c.Value).Select(c => c.Key).Except(first);
        return new Vocabulary(first.Concat(others).Take(maxSize ?? int.MaxValue), unknown);
    }
}
