namespace Strata.Data;

/// <summary>A sentence and its translation as numbers of tokens, without begin and end.</summary>
/// <param name="Source">The sentence.</param>
/// <param name="Target">Its translation.</param>
/// <param name="Alignment">For each token of the target the place in the source that it comes from, if that is known.</param>
public sealed record SentencePair(int[] Source, int[] Target, int[]? Alignment = null)
{
    /// <summary>The number that fills sequences up; no token.</summary>
    public const int Padding = 0;

    /// <summary>The token that stands before a target.</summary>
    public const int Begin = 1;

    /// <summary>The token that ends a target.</summary>
    public const int End = 2;

    /// <summary>The token of words that are not in a vocabulary.</summary>
    public const int Unknown = 3;

    /// <summary>The same with the source read from its end (Sutskever, Vinyals and Le 2014, section 3.3), which brings its first words near the target's.</summary>
    public SentencePair Reversed() => this with
    {
        Source = [.. Enumerable.Reverse(Source)],
        Alignment = Alignment is null ? null : Array.ConvertAll(Alignment, place => Source.Length - 1 - place),
    };
}
