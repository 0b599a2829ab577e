namespace Strata.Nn;

/// <summary>Lists of names in messages, cut where they are long.</summary>
internal static class NameList
{
    const int Most = 20;

    /// <summary>As in <c>'a', 'b' and 3 more</c>, or <c>none</c>.</summary>
    public static string Of(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : Cut([.. names.Select(n => $"'{n}'")], ", ");

    /// <summary>The first of some texts, and how many more there are.</summary>
    public static string Cut(IReadOnlyCollection<string> texts, string separator) =>
        string.Join(separator, texts.Take(Most)) + (texts.Count > Most ? $" and {texts.Count - Most} more" : "");

    /// <summary>As in <c>1 weight</c>, <c>2 weights</c>.</summary>
    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
