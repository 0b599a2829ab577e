using Strata.Formats.Metrics;

namespace Strata.Cli.Dashboard;

/// <summary>How far a run came.</summary>
internal enum RunState
{
    Running,
    Finished,

    /// <summary>It ended before its time, or nobody knows.</summary>
    Stopped,
}

/// <summary>A run in a folder of runs, as it is at one moment.</summary>
/// <param name="Id">The path of its folder below the folder of runs, with slashes.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Description">What its <c>run.json</c> says; null: there is none that can be read.</param>
/// <param name="State">How far it came.</param>
/// <param name="Length">Bytes of its numbers.</param>
/// <param name="Started">When it began, as far as is known.</param>
/// <param name="Pictures">The names of its pictures, in order.</param>
/// <param name="HasReport">Whether there is a report.</param>
internal sealed record FoundRun(
    string Id, string Folder, RunDescription? Description, RunState State, long Length, DateTimeOffset Started, IReadOnlyList<string> Pictures, bool HasReport)
{
    public string MetricsFile => Path.Combine(Folder, RunCurves.FileName);

    public string ReportFile => Path.Combine(Folder, "report.html");

    /// <summary>The path of one of <see cref="Pictures"/>; null for any other name, so that a request reaches no other file.</summary>
    public string? PictureFile(string name) => Pictures.Contains(name) ? Path.Combine(Folder, RunCatalog.PicturesFolder, name) : null;

    /// <summary>Whether a list of runs that shows <paramref name="other"/> shows this one too.</summary>
    public bool LooksAs(FoundRun other) =>
        (Id, State, Description, HasReport, Pictures.Count) == (other.Id, other.State, other.Description, other.HasReport, other.Pictures.Count);
}
