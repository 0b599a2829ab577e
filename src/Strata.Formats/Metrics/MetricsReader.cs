using System.Text;
using System.Text.Json;

namespace Strata.Formats.Metrics;

/// <summary>Reads the <c>metrics.jsonl</c> of a run; see <see cref="MetricsWriter"/>.</summary>
public static class MetricsReader
{
    /// <summary>The lines of a file in their order. A last line without its end is being written, or was cut off, and is left out.</summary>
    /// <exception cref="DataFileException">The file is missing or of a later version, or a line is not an object of numbers with a step and a time.</exception>
    public static IReadOnlyList<MetricsRow> Read(string path)
    {
        var position = 0L;
        return ReadFrom(path, ref position);
    }

    /// <summary>The lines that have come since an earlier call, to follow a run that is under way.</summary>
    /// <param name="path">The file.</param>
    /// <param name="position">Where to begin, in bytes: 0, or what the last call left here; then the end of the last whole line. A file that
    /// is shorter was begun anew and is read from its beginning.</param>
    /// <exception cref="DataFileException">The file is missing, or a line is not an object of numbers with a step and a time.</exception>
    public static IReadOnlyList<MetricsRow> ReadFrom(string path, ref long position)
    {
        byte[] bytes;
        try
        {
            // Another process may be writing it.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (position < 0 || position > stream.Length) position = 0;
            stream.Position = position;
            bytes = new byte[checked((int)Math.Min(stream.Length - position, Array.MaxLength))];
            bytes = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file", e);
        }

        List<MetricsRow> rows = [];
        var start = 0;
        for (int end, number = 1; (end = bytes.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += end + 1, number++)
        {
            try
            {
                if (Parse(bytes.AsSpan(start, end), path) is { } row) rows.Add(row);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                var where = position == 0 ? $"line {number}" : $"line {number} behind byte {position}";
                throw new DataFileException(path, $"{where} is not an object of numbers with a step and a time ({e.Message.TrimEnd('.')})", e);
            }
        }

        position += start;
        return rows;
    }

    /// <returns>The row; null if the line tells the format. (The first files of the format had no such line.)</returns>
    static MetricsRow? Parse(ReadOnlySpan<byte> line, string path)
    {
        var json = new Utf8JsonReader(line);
        var (step, time, isHeader) = (default(long?), default(double?), false);
        List<KeyValuePair<string, double>> values = [];
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new FormatException("expected an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "step": step = json.GetInt64(); break;
                case "time": time = json.GetDouble(); break;
                case "format" when json.TokenType == JsonTokenType.String && json.ValueTextEquals(MetricsWriter.Format): isHeader = true; break;
                case "version" when isHeader && json.GetInt32() is var version && version > MetricsWriter.Version:
                    throw new DataFileException(path, $"the format version is {version}, but this program reads up to {MetricsWriter.Version}");
                default: values.Add(new(name, Number(ref json, name))); break;
            }
        }

        while (json.Read())
        {
            // Anything behind the object is a fault, which reading tells.
        }

        return isHeader ? null : step is null || time is null ? throw new FormatException($"there is no {(step is null ? "step" : "time")}") : new(step.Value, time.Value, values);
    }

    static double Number(ref Utf8JsonReader json, string name) => json.TokenType switch
    {
        JsonTokenType.Number => json.GetDouble(),
        JsonTokenType.String when json.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when json.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when json.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw new FormatException($"'{name}' is {Encoding.UTF8.GetString(json.ValueSpan[..Math.Min(json.ValueSpan.Length, 40)])}, expected a number"),
    };
}
