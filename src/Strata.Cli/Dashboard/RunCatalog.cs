using System.Collections.Concurrent;
using Strata.Formats;
using Strata.Formats.Metrics;

namespace Strata.Cli.Dashboard;

/// <summary>The runs below a folder.</summary>
internal sealed class RunCatalog(string root)
{
    public const string PicturesFolder = "pictures";

    // Runs lie in the folder itself or a little below it; whoever points at a whole disk gets an answer nevertheless.
    const int Deepest = 3, MostFolders = 5_000;

    // A run that says nothing of itself counts as running as long as its numbers grow.
    static readonly TimeSpan silence = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, (DateTime Written, RunDescription? Description)> descriptions = new();

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<FoundRun> Find()
    {
        List<FoundRun> found = [];
        var folders = 0;
        Search(Root, 0);
        return [.. found.OrderByDescending(run => run.Started).ThenBy(run => run.Id, StringComparer.Ordinal)];

        void Search(string folder, int depth)
        {
            if (++folders > MostFolders) return;
            try
            {
                if (Look(folder) is { } run) found.Add(run);
                else if (depth < Deepest)
                    foreach (var below in Directory.GetDirectories(folder)) Search(below, depth + 1);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It was removed a moment ago, or is not ours to read.
            }
        }
    }

    /// <summary>The run of an id; null if there is none.</summary>
    public FoundRun? Get(string id) => Find().FirstOrDefault(run => run.Id == id);

    FoundRun? Look(string folder)
    {
        var metrics = new FileInfo(Path.Combine(folder, RunCurves.FileName));
        if (!metrics.Exists) return null;
        var description = Describe(Path.Combine(folder, RunDescription.FileName));
        var running = description?.IsRunning ?? DateTime.UtcNow - metrics.LastWriteTimeUtc < silence;
        var state = running ? RunState.Running : description is null or { IsFinished: true } ? RunState.Finished : RunState.Stopped;
        var pictures = Path.Combine(folder, PicturesFolder);
        var id = Path.GetRelativePath(Root, folder).Replace('\\', '/');
        return new(
            id == "." ? Path.GetFileName(Root) : id,
            folder,
            description,
            state,
            metrics.Length,
            description?.Started ?? metrics.CreationTimeUtc,
            Directory.Exists(pictures) ? [.. Directory.GetFiles(pictures).Select(p => Path.GetFileName(p)).Where(IsPicture).Order(StringComparer.Ordinal)] : [],
            File.Exists(Path.Combine(folder, "report.html")));
    }

    RunDescription? Describe(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        if (descriptions.TryGetValue(file, out var known) && known.Written == written) return known.Description;
        RunDescription? description = null;
        try
        {
            if (File.Exists(file)) description = RunDescription.Read(file);
        }
        catch (DataFileException)
        {
            // A damaged description hides nothing else of the run.
        }

        descriptions[file] = (written, description);
        return description;
    }

    static bool IsPicture(string name) => Path.GetExtension(name) is ".svg" or ".png";
}
