using System.Globalization;
using System.Text;
using Strata.Formats;

namespace Strata.Data;

/// <summary>A table of text read from comma-separated values (RFC 4180): cells may be quoted, a quoted cell may hold separators, line breaks and
/// doubled quotes. Empty lines are skipped; every row must have as many cells as the first.</summary>
public sealed class CsvTable
{
    readonly string source;
    readonly string[] columns;
    readonly List<string[]> rows;
    readonly List<int> lines; // where each row begins, from 1

    CsvTable(string source, string[] columns, List<string[]> rows, List<int> lines) =>
        (this.source, this.columns, this.rows, this.lines) = (source, columns, rows, lines);

    /// <summary>The names of the columns: of the header line, or "0", "1", … without one.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The number of rows, without the header.</summary>
    public int Rows => rows.Count;

    /// <summary>The text of one cell, without its quotes.</summary>
    public string this[int row, int column] => rows[row][column];

    /// <summary>The text of one cell, without its quotes.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string this[int row, string column] => rows[row][IndexOf(column)];

    /// <summary>Reads a UTF-8 file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between two cells.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <exception cref="DataFileException">The file is missing, damaged or malformed; the message names line and column.</exception>
    public static CsvTable Read(string path, char separator = ',', bool header = true)
    {
        using var file = DataFile.Open(path);
        return Parse(new StreamReader(file.Content, Encoding.UTF8), path, separator, header);
    }

    /// <summary>Parses text as <see cref="Read"/> does a file.</summary>
    /// <exception cref="DataFileException">The text is malformed; the message names line and column.</exception>
    public static CsvTable Parse(string text, char separator = ',', bool header = true) => Parse(new StringReader(text), "CSV text", separator, header);

    static CsvTable Parse(TextReader text, string source, char separator, bool header)
    {
        var scanner = new CsvScanner(text, source, separator);
        var first = header ? scanner.NextRow() ?? throw new DataFileException(source, "the file is empty, expected a header line") : null;
        var (rows, lines) = (new List<string[]>(), new List<int>());
        while (scanner.NextRow() is { } row)
        {
            var expected = first?.Length ?? (rows.Count > 0 ? rows[0].Length : row.Length);
            if (row.Length != expected)
                throw new DataFileException(source, $"line {scanner.RowLine} has {row.Length} cells, expected {expected} as in the {(header ? "header" : "first line")}");
            rows.Add(row);
            lines.Add(scanner.RowLine);
        }

        var names = first ?? Enumerable.Range(0, rows.Count > 0 ? rows[0].Length : 0).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        return new(source, names, rows, lines);
    }

    /// <summary>The position of a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int IndexOf(string column)
    {
        var i = Array.IndexOf(columns, column);
        return i >= 0 ? i : throw new ArgumentException($"{source}: there is no column '{column}'; there are {string.Join(", ", columns)}.", nameof(column));
    }

    /// <summary>Columns as numbers.</summary>
    /// <param name="columns">Their names; none means all.</param>
    /// <param name="missing">What an empty cell and the marks <c>?</c>, <c>NA</c> and <c>NaN</c> become; null makes them errors.</param>
    /// <returns>[rows, columns] float32.</returns>
    /// <exception cref="DataFileException">A cell is not a number; the message names line and column.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Tensor ToTensor(IReadOnlyList<string>? columns = null, float? missing = null)
    {
        var picked = (columns ?? this.columns).Select(IndexOf).ToArray();
        var values = new float[Rows * picked.Length];
        for (var row = 0; row < Rows; row++)
        for (var i = 0; i < picked.Length; i++)
            values[row * picked.Length + i] = Number(row, picked[i], missing);
        return Tensor.From(values, [Rows, picked.Length]);
    }

    /// <summary>A column as classes: its distinct texts in ordinal order, and each row's place in them.</summary>
    /// <returns>Labels [rows] int32, and the classes that they point to.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public (Tensor Labels, IReadOnlyList<string> Classes) ToClasses(string column)
    {
        var at = IndexOf(column);
        var classes = rows.Select(r => r[at]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var labels = new int[Rows];
        for (var row = 0; row < Rows; row++) labels[row] = Array.BinarySearch(classes, rows[row][at], StringComparer.Ordinal);
        return (Tensor.From(labels, [Rows]), classes);
    }

    float Number(int row, int column, float? missing)
    {
        var text = rows[row][column].AsSpan().Trim();
        if (missing is { } value && text is "" or "?" or "NA" or "NaN") return missing ?? value;
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !float.IsNaN(number)) return number;
        throw new DataFileException(source, $"line {lines[row]}, column {column + 1} ({columns[column]}): '{text}' is not a number");
    }
}
