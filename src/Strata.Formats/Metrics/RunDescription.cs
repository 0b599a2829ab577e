using System.Globalization;
using System.Text.Json;
using Strata.Formats.Reports;

namespace Strata.Formats.Metrics;

/// <summary>What a run is and how far it came: the <c>run.json</c> of its folder.</summary>
public sealed record RunDescription
{
    /// <summary>The name of the file in a run's folder.</summary>
    public const string FileName = "run.json";

    // Of the format: raised when a reader of this version could misread a later file.
    const int Version = 1;
    const int MostBytes = 1 << 20;

    /// <summary>The name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What <c>strata run</c> calls it; empty: it is no recipe of the gallery.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>The configuration; empty: none.</summary>
    public string Preset { get; init; } = "";

    /// <summary>The seed of everything random; null: not known.</summary>
    public long? Seed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The process that runs it, on the machine that wrote the file; 0: not known.</summary>
    public int Process { get; init; }

    /// <summary>The time it took, in seconds; null: it has not come to its end.</summary>
    public double? Seconds { get; init; }

    /// <summary>What was claimed, decided; empty until the end.</summary>
    public IReadOnlyList<ReportClaim> Claims { get; init; } = [];

    /// <summary>Whether the run came to its end.</summary>
    public bool IsFinished => Seconds is not null;

    /// <summary>Whether the run has not come to its end and its process is still there. A run on another machine counts as stopped.</summary>
    public bool IsRunning
    {
        get
        {
            if (IsFinished || Process <= 0) return false;
            try
            {
                // A process that began after the run has the number of one that ended. Clocks of processes are a little coarse.
                using var process = System.Diagnostics.Process.GetProcessById(Process);
                return !process.HasExited && process.StartTime.ToUniversalTime() <= Started.UtcDateTime.AddSeconds(5);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
            {
                return false;
            }
        }
    }

    /// <summary>Writes the file, whole or not at all; its folder is made.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true })) Write(json);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        OpenedFile.Replace(path, to => to.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file is missing or damaged, or a later version wrote it.</exception>
    public static RunDescription Read(string path)
    {
        using var file = OpenedFile.Read(path);
        if (file.Length > MostBytes) throw new DataFileException(path, $"the file has {file.Length} bytes, more than the limit of {MostBytes}");
        try
        {
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version > Version) throw new DataFileException(path, $"it is of version {version.ToString(CultureInfo.InvariantCulture)}; this version of Strata reads up to {Version}");
            return new()
            {
                Title = Text(root, "title"),
                Recipe = Text(root, "recipe"),
                Preset = Text(root, "preset"),
                Seed = root.TryGetProperty("seed", out var seed) ? seed.GetInt64() : null,
                Started = root.GetProperty("started").GetDateTimeOffset(),
                Process = root.TryGetProperty("process", out var process) ? process.GetInt32() : 0,
                Seconds = root.TryGetProperty("seconds", out var seconds) ? seconds.GetDouble() : null,
                Claims = root.TryGetProperty("claims", out var claims) ? [.. claims.EnumerateArray().Select(Claim)] : [],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new DataFileException(path, $"it is not the description of a run ({e.Message.TrimEnd('.')})", e);
        }
    }

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("title", Title);
        json.WriteString("recipe", Recipe);
        json.WriteString("preset", Preset);
        if (Seed is { } seed) json.WriteNumber("seed", seed);
        json.WriteString("started", Started);
        json.WriteNumber("process", Process);
        if (Seconds is { } seconds) json.WriteNumber("seconds", seconds);
        json.WriteStartArray("claims");
        foreach (var claim in Claims)
        {
            json.WriteStartObject();
            json.WriteString("sentence", claim.Sentence);
            json.WriteString("measured", claim.Measured);
            json.WriteString("bound", claim.Bound);
            json.WriteString("control", claim.Control);
            json.WriteBoolean("holds", claim.Holds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static ReportClaim Claim(JsonElement claim) =>
        new(Text(claim, "sentence"), Text(claim, "measured"), Text(claim, "bound"), Text(claim, "control"), claim.GetProperty("holds").GetBoolean());

    static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
