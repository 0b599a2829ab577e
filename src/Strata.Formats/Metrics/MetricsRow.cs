namespace Strata.Formats.Metrics;

/// <summary>One line of a <c>metrics.jsonl</c>: what was measured at one step of a run.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Time">Seconds since the run began.</param>
/// <param name="Values">The numbers by their names, in the order they were written; NaN and infinities included.</param>
public sealed record MetricsRow(long Step, double Time, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    /// <summary>The number called <paramref name="name"/>; NaN if the line has none.</summary>
    public double this[string name]
    {
        get
        {
            foreach (var (key, value) in Values)
                if (key == name) return value;
            return double.NaN;
        }
    }
}
