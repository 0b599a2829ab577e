using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Formats;

/// <summary>Text of an SVG or HTML file under construction. Whatever is interpolated into <see cref="Add(Handler)"/> is escaped, so a
/// hostile string cannot become markup; only the literal parts, and other <see cref="Markup"/>, go in as they are.</summary>
sealed class Markup
{
    readonly StringBuilder text = new();

    /// <summary>Appends <c>$"…{value}…"</c>: strings escaped, numbers with two decimals at most, in the invariant culture.</summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] Handler written)
    {
        _ = written; // The handler wrote into this text while it was made.
        return this;
    }

    /// <summary>Appends markup as it is.</summary>
    public Markup Add(Markup markup)
    {
        text.Append(markup.text);
        return this;
    }

    /// <summary>Appends text that holds no character with a meaning in markup: base64, the data of a path.</summary>
    public Markup AddPlain(ReadOnlySpan<char> plain)
    {
        text.Append(plain);
        return this;
    }

    public override string ToString() => text.ToString();

    /// <summary>A number with at most two decimals.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    void Escape(string value)
    {
        foreach (var rune in value.EnumerateRunes()) // A lone surrogate comes out as U+FFFD.
        {
            _ = rune.Value switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                '\n' or '\t' => text.Append((char)rune.Value),
                // XML 1.0 knows no other control characters, escaped or not, and neither 0xFFFE nor 0xFFFF.
                < ' ' or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => text.Append('\uFFFD'),
                _ => text.Append(rune.ToString()),
            };
        }
    }

    /// <summary>Receives the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Handler
    {
        readonly Markup markup;

        public Handler(int literalLength, int holes, Markup markup)
        {
            this.markup = markup;
            markup.text.EnsureCapacity(markup.text.Length + literalLength + holes * 8);
        }

        public void AppendLiteral(string literal) => markup.text.Append(literal);

        public void AppendFormatted(string? value) => markup.Escape(value ?? "");

        public void AppendFormatted(double value) => markup.text.Append(Number(value));

        public void AppendFormatted(int value) => markup.text.Append(CultureInfo.InvariantCulture, $"{value}");

        public void AppendFormatted(Markup value) => markup.Add(value);
    }
}
