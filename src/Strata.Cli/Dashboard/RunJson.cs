using System.Buffers;
using System.Text.Json;
using Strata.Formats.Metrics;

namespace Strata.Cli.Dashboard;

/// <summary>Runs as the page's script reads them.</summary>
internal static class RunJson
{
    /// <summary>All there is to know of runs but their numbers.</summary>
    public static ReadOnlyMemory<byte> List(IEnumerable<FoundRun> runs) => Written(json =>
    {
        json.WriteStartArray();
        foreach (var run in runs) Write(json, run);
        json.WriteEndArray();
    });

    /// <summary>Numbers of a run, written behind the byte <paramref name="from"/>: <c>{"from", "next", "curves": {name: {"steps", "times", "values"}}}</c>;
    /// values that are not finite are null. <c>from</c> is 0 although more was asked for if the run was begun anew.</summary>
    /// <exception cref="Formats.DataFileException">The file is damaged.</exception>
    public static ReadOnlyMemory<byte> Curves(FoundRun run, long from)
    {
        var next = from;
        var rows = MetricsReader.ReadFrom(run.MetricsFile, ref next);
        var curves = new RunCurves(run.Id, rows);
        return Written(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("from", next < from ? 0 : from);
            json.WriteNumber("next", next);
            json.WriteStartObject("curves");
            foreach (var name in curves.Names)
            {
                json.WriteStartObject(name);
                Write("steps", curves[name], p => p.Step);
                Write("times", curves[name], p => p.Time);
                Write("values", curves[name], p => p.Value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();

            void Write(string name, IReadOnlyList<CurvePoint> points, Func<CurvePoint, double> number)
            {
                json.WriteStartArray(name);
                foreach (var point in points)
                {
                    var value = number(point);
                    if (double.IsFinite(value)) json.WriteNumberValue(value);
                    else json.WriteNullValue();
                }

                json.WriteEndArray();
            }
        });
    }

    /// <summary>That the numbers of a run grew.</summary>
    public static ReadOnlyMemory<byte> Grown(FoundRun run) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("run", run.Id);
        json.WriteNumber("length", run.Length);
        json.WriteEndObject();
    });

    static void Write(Utf8JsonWriter json, FoundRun run)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id);
        json.WriteString("title", run.Description?.Title ?? run.Id);
        json.WriteString("recipe", run.Description?.Recipe ?? "");
        json.WriteString("preset", run.Description?.Preset ?? "");
        if (run.Description?.Seed is { } seed) json.WriteNumber("seed", seed);
        json.WriteString("state", run.State.ToString().ToLowerInvariant());
        json.WriteString("started", run.Started);
        if (run.Description?.Seconds is { } seconds) json.WriteNumber("seconds", seconds);
        json.WriteNumber("length", run.Length);
        json.WriteBoolean("report", run.HasReport);
        json.WriteStartArray("pictures");
        foreach (var picture in run.Pictures) json.WriteStringValue(picture);
        json.WriteEndArray();
        json.WriteStartArray("claims");
        foreach (var claim in run.Description?.Claims ?? [])
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

    static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.WrittenMemory;
    }
}
