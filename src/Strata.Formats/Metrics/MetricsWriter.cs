using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Strata.Formats.Metrics;

/// <summary>Writes the <c>metrics.jsonl</c> of a run, one JSON object a line:
/// <c>{"step":120,"time":3.25,"loss":0.0625,"accuracy":0.98}</c>, behind one that tells the format and its version. Numbers that JSON does not know are the strings
/// <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>. Each line reaches the operating system whole, so a reader beside the run, or after
/// a crash, finds complete lines. Safe to call from several threads.</summary>
public sealed class MetricsWriter : IDisposable
{
    internal const string Format = "strata metrics";
    internal const int Version = 1;

    readonly Lock gate = new();
    readonly FileStream stream;
    readonly ArrayBufferWriter<byte> line = new();
    readonly Utf8JsonWriter json;
    readonly TimeProvider clock;
    readonly long start;
    readonly double earlier;

    /// <summary>Opens a file, which is made with its folder, or goes on behind the lines of one that exists; a last line that was cut off is
    /// removed, and so are lines of steps after <paramref name="resumeAt"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="resumeAt">The step of the checkpoint from which the run goes on; null: all lines stay.</param>
    /// <param name="clock">What measures the time; null: the system's clock.</param>
    /// <exception cref="DataFileException">The file exists and is no <c>metrics.jsonl</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public MetricsWriter(string path, long? resumeAt = null, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        start = this.clock.GetTimestamp();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        json = new(line);
        if (File.Exists(path))
        {
            var kept = MetricsReader.Read(path).Where(row => row.Step <= (resumeAt ?? long.MaxValue)).ToList();
            earlier = kept.Count == 0 ? 0 : kept[^1].Time;
            OpenedFile.Replace(path, to =>
            {
                to.Write(Header);
                foreach (var row in kept) Write(to, row);
            });
        }

        stream = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (stream.Length == 0) stream.Write(Header);
    }

    static byte[] Header => Encoding.UTF8.GetBytes($"{{\"format\":\"{Format}\",\"version\":{Version}}}\n");

    /// <summary>Writes a line; its time is the time since the run began, earlier parts of a run that was resumed included.</summary>
    /// <exception cref="ArgumentException">A value is called <c>step</c> or <c>time</c>.</exception>
    public void Write(long step, params ReadOnlySpan<(string Name, double Value)> values)
    {
        var row = new KeyValuePair<string, double>[values.Length];
        for (var i = 0; i < row.Length; i++)
        {
            if (values[i].Name is "step" or "time") throw new ArgumentException($"MetricsWriter.Write: a value is called '{values[i].Name}', which every line has already.");
            row[i] = new(values[i].Name, values[i].Value);
        }

        lock (gate) Write(stream, new(step, Math.Round(earlier + clock.GetElapsedTime(start).TotalSeconds, 3), row));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stream.Dispose();
            json.Dispose();
        }
    }

    void Write(Stream to, MetricsRow row)
    {
        line.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteNumber("step", row.Step);
        json.WriteNumber("time", row.Time);
        foreach (var (name, value) in row.Values)
        {
            if (double.IsFinite(value)) json.WriteNumber(name, value);
            else json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }

        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        to.Write(line.WrittenSpan);
    }
}
