using System.Text;
using System.Text.Json;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary>One run of <c>strata verify</c>.</summary>
internal sealed record VerifiedRun(Recipe Recipe, long Seed, Outcome Outcome);

/// <summary>The results of <c>strata verify</c> as files, each replaced atomically.</summary>
internal static class Results
{
    public static void WriteJson(string path, IReadOnlyList<VerifiedRun> runs)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var run in runs)
            {
                json.WriteStartObject();
                json.WriteString("recipe", run.Recipe.Id);
                json.WriteString("family", run.Recipe.Family);
                json.WriteNumber("seed", run.Seed);
                json.WriteNumber("seconds", Math.Round(run.Outcome.Elapsed.TotalSeconds, 1));
                json.WriteBoolean("kept", run.Outcome.Kept);
                json.WriteStartArray("claims");
                foreach (var verdict in run.Outcome.Verdicts) Write(json, verdict);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Replace(path, buffer.ToArray());
    }

    public static void WriteMarkdown(string path, IReadOnlyList<VerifiedRun> runs)
    {
        var text = new StringBuilder();
        text.AppendLine("# Results");
        text.AppendLine();
        text.AppendLine("Written by `strata verify`: the quick preset of each system, one row a claim and seed.");
        text.AppendLine();
        text.AppendLine("| system | seed | claim | measured | bound | control | verdict | seconds |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var run in runs)
            foreach (var v in run.Outcome.Verdicts)
                text.AppendLine($"| `{run.Recipe.Id}` | {run.Seed} | {v.Claim.Sentence} | {v.MeasuredText} | {v.Claim.Bound} | {v.ControlText} | {(v.Kept ? "holds" : "**fails**")} | {run.Outcome.Elapsed.TotalSeconds:0} |");

        Replace(path, Encoding.UTF8.GetBytes(text.ToString().ReplaceLineEndings("\n")));
    }

    static void Write(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("key", verdict.Claim.Key);
        json.WriteString("sentence", verdict.Claim.Sentence);
        WriteNumber(json, "measured", verdict.Measured);
        json.WriteString("bound", verdict.Claim.Bound.ToString());
        if (verdict.Claim.Control is { } control)
        {
            json.WriteString("control", control.Name);
            WriteNumber(json, "control_measured", verdict.Control!.Value);
            json.WriteNumber("margin", control.Margin);
        }

        json.WriteBoolean("kept", verdict.Kept);
        json.WriteEndObject();
    }

    // JSON has no NaN.
    static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    static void Replace(string path, byte[] content)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full + ".tmp", content);
        File.Move(full + ".tmp", full, overwrite: true);
    }
}
