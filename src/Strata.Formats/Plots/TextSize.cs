namespace Strata.Formats.Plots;

/// <summary>Estimates of the room a text takes; the font is the viewer's, so nothing exact can be known.</summary>
static class TextSize
{
    /// <summary>The width in pixels at a font size in pixels, rather too wide than too narrow.</summary>
    public static double Width(string text, double size)
    {
        var ems = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            ems += rune.Value switch
            {
                'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or '.' or ',' or ':' or ';' or '!' or '|' or '\'' or ' ' or '(' or ')' => .36,
                'm' or 'w' or 'M' or 'W' or '@' or '%' or '—' => .92,
                >= 'A' and <= 'Z' => .70,
                >= '⁰' and <= '₉' => .40,
                >= 0x1100 => rune.Value is >= 0x2000 and < 0x2E80 ? .7 : 1.05, // punctuation and arrows; East Asian scripts
                _ => .60,
            };
        }

        return ems * size;
    }

    /// <summary>The text, or its beginning with an ellipsis if it is wider than <paramref name="room"/>.</summary>
    public static string Cut(string text, double size, double room)
    {
        if (Width(text, size) <= room) return text;
        var length = text.Length;
        while (length > 0 && Width(text[..length] + "…", size) > room) length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>The text broken at spaces into lines no wider than <paramref name="room"/>, the last of <paramref name="most"/> cut.</summary>
    public static List<string> Wrap(string text, double size, double room, int most)
    {
        var lines = new List<string>();
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var end = rest.Length;
            while (Width(rest[..end], size) > room && rest.LastIndexOf(' ', end - 1) is > 0 and var space) end = space;
            if (lines.Count == most - 1) end = rest.Length;
            lines.Add(Cut(rest[..end], size, room));
            rest = rest[end..].TrimStart();
        }

        return lines;
    }
}
