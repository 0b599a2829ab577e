namespace Strata.Nn;

/// <summary>Follows one logged number and tells when it is better than ever before.</summary>
/// <param name="monitor">Its name.</param>
/// <param name="mode">Which direction is better.</param>
/// <param name="minDelta">By how much a number must be better to count.</param>
internal sealed class Improvement(string monitor, MonitorMode mode, double minDelta)
{
    readonly bool greater = mode == MonitorMode.Max || (mode == MonitorMode.Auto && (monitor.Contains("acc") || monitor.StartsWith("fmeasure", StringComparison.Ordinal)));

    /// <summary>The best number so far.</summary>
    public double Best { get; set; }

    /// <summary>Begins anew, from a number that must be beaten, if there is one.</summary>
    public void Reset(double? baseline = null) => Best = baseline ?? (greater ? double.NegativeInfinity : double.PositiveInfinity);

    /// <summary>Whether <paramref name="value"/> is the best so far, which it then becomes.</summary>
    public bool Take(double value)
    {
        if (!(greater ? value - minDelta > Best : value + minDelta < Best)) return false;
        Best = value;
        return true;
    }

    /// <summary>The number in the logs of an epoch.</summary>
    /// <exception cref="StrataException">It was not logged.</exception>
    public double Of(Logs logs, string callback) => logs.TryGet(monitor, out var value)
        ? value
        : throw new StrataException($"{callback}: '{monitor}' is not logged; there are {string.Join(", ", logs.Names.Select(n => $"'{n}'"))}{(monitor.StartsWith("val_", StringComparison.Ordinal) ? "; give Fit validation data" : "")}.");
}
