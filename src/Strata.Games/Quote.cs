namespace Strata.Games;

/// <summary>Text from outside, made fit for an error message.</summary>
static class Quote
{
    const int MaxLength = 60;

    /// <summary>At most 60 characters, control characters shown as '?', so that a hostile line cannot flood or break the reply.</summary>
    public static string Short(ReadOnlySpan<char> text)
    {
        var cut = text.Length > MaxLength;
        Span<char> shown = stackalloc char[Math.Min(text.Length, MaxLength)];
        for (var i = 0; i < shown.Length; i++) shown[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
        return cut ? $"{shown}…" : new string(shown);
    }
}
