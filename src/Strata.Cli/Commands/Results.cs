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

    /// <summary>Puts a run's rows into the table of a Markdown file, in the place of those of the same system and seed, which may have been made by
    /// another process in the meantime.</summary>
    public static void AddToMarkdown(string path, VerifiedRun run)
    {
        using var turn = TakeTurn(path);
        var order = Recipes.All.Select(recipe => recipe.Id).ToList();
        var rows = File.Exists(path) ? File.ReadLines(path).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList() : [];
        rows.RemoveAll(row => KeyOf(row) == (run.Recipe.Id, run.Seed) || !order.Contains(KeyOf(row).Id));
        rows.AddRange(run.Outcome.Verdicts.Select(v =>
            $"| `{run.Recipe.Id}` | {run.Seed} | {v.Claim.Sentence} | {v.MeasuredText} | {v.Claim.Bound} | {v.ControlText} | {(v.Kept ? "holds" : "**fails**")} | {run.Outcome.Elapsed.TotalSeconds:0} |"));
        IEnumerable<string> lines =
        [
            "# Results",
            "",
            "Written by `strata verify`: the quick preset of each system, one row a claim and seed.",
            "",
            "| system | seed | claim | measured | bound | control | verdict | seconds |",
            "|---|---|---|---|---|---|---|---|",
            .. rows.OrderBy(row => order.IndexOf(KeyOf(row).Id)).ThenBy(row => KeyOf(row).Seed),
        ];
        Replace(path, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
    }

    // A row begins with | `id` | seed |.
    static (string Id, long Seed) KeyOf(string row)
    {
        var cells = row.Split('|', StringSplitOptions.TrimEntries);
        return (cells[1].Trim('`'), long.TryParse(cells[2], out var seed) ? seed : -1);
    }

    // Waits until no other process holds the file beside.
    static FileStream TakeTurn(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        for (var patience = 100; ; patience--)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (patience > 0)
            {
                Thread.Sleep(100);
            }
        }
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
