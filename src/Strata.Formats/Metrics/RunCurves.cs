namespace Strata.Formats.Metrics;

/// <summary>What one run measured, by name: each number as a curve over its steps.</summary>
public sealed class RunCurves
{
    /// <summary>The name of the file of numbers in a run's folder.</summary>
    public const string FileName = "metrics.jsonl";

    readonly SortedDictionary<string, List<CurvePoint>> curves = new(StringComparer.Ordinal);

    /// <summary>Gathers the numbers of some lines.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="rows">The lines.</param>
    public RunCurves(string name, IEnumerable<MetricsRow> rows)
    {
        Name = name;
        foreach (var row in rows)
        {
            foreach (var (key, value) in row.Values)
            {
                if (!curves.TryGetValue(key, out var curve)) curves[key] = curve = [];
                curve.Add(new(row.Step, row.Time, value));
            }
        }
    }

    /// <summary>What the run is called.</summary>
    public string Name { get; }

    /// <summary>The names of its numbers, in order.</summary>
    public IReadOnlyCollection<string> Names => curves.Keys;

    /// <summary>The points of a number, in the order they were written; none if the run has no such number.</summary>
    public IReadOnlyList<CurvePoint> this[string name] => curves.TryGetValue(name, out var curve) ? curve : [];

    /// <summary>Reads a run.</summary>
    /// <param name="path">The folder of the run, or the file itself. The run is called by its folder.</param>
    /// <exception cref="DataFileException">There is no such file, or it is damaged.</exception>
    public static RunCurves Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)));
        return new(string.IsNullOrEmpty(folder) ? file : folder, MetricsReader.Read(file));
    }
}

/// <summary>One point of a curve.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Time">Seconds since the run began.</param>
/// <param name="Value">The number; NaN and infinities included.</param>
public readonly record struct CurvePoint(long Step, double Time, double Value);
