using System.Text;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Cuts text into the rows and cells of RFC 4180.</summary>
sealed class CsvScanner(TextReader text, string source, char separator)
{
    const char Quote = '"';
    readonly StringBuilder cell = new();
    readonly List<string> row = [];
    int line = 1;

    /// <summary>The line on which the last row began, from 1.</summary>
    public int RowLine { get; private set; }

    /// <summary>The next row that is not an empty line; null at the end.</summary>
    public string[]? NextRow()
    {
        while (true)
        {
            if (text.Peek() < 0) return null;
            (RowLine, var quoted) = (line, false);
            row.Clear();
            while (true)
            {
                quoted |= text.Peek() == Quote;
                row.Add(NextCell());
                if (text.Peek() != separator) break;
                text.Read();
            }

            EndLine();
            if (row.Count > 1 || row[0].Length > 0 || quoted) return [.. row];
        }
    }

    string NextCell()
    {
        cell.Clear();
        if (text.Peek() != Quote)
        {
            for (var c = text.Peek(); c >= 0 && c != separator && c is not ('\r' or '\n'); c = text.Peek()) cell.Append((char)text.Read());
            return cell.ToString();
        }

        var start = line;
        text.Read();
        while (true)
        {
            var c = text.Read();
            if (c < 0) throw Wrong(start, "the quoted cell never ends");
            if (c == Quote && text.Peek() != Quote) break;
            if (c == Quote) text.Read(); // doubled: one quote
            if (c == '\n') line++;
            cell.Append((char)c);
        }

        var next = text.Peek();
        return next < 0 || next == separator || next is '\r' or '\n'
            ? cell.ToString()
            : throw Wrong(line, $"'{(char)next}' follows the closing quote, expected '{separator}' or the end of the line");
    }

    void EndLine()
    {
        if (text.Peek() == '\r') text.Read();
        if (text.Peek() == '\n') text.Read();
        line++;
    }

    DataFileException Wrong(int onLine, string problem) => new(source, $"line {onLine}, column {row.Count + 1}: {problem}");
}
