namespace Strata.Nn;

/// <summary>What training logged, epoch by epoch: <c>history["val_acc"]</c>.</summary>
public sealed class History
{
    readonly List<int> epochs = [];
    readonly List<Logs> logs = [];

    /// <summary>The numbers of the epochs, from 0.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>The logs of each epoch.</summary>
    public IReadOnlyList<Logs> Logs => logs;

    /// <summary>The names that were logged.</summary>
    public IReadOnlyList<string> Names => [.. logs.SelectMany(l => l.Names).Distinct()];

    /// <summary>The numbers of a name, one an epoch (NaN where it was not logged).</summary>
    /// <exception cref="StrataException">Nothing of this name was logged.</exception>
    public IReadOnlyList<double> this[string name] => Names.Contains(name)
        ? [.. logs.Select(l => l.TryGet(name, out var value) ? value : double.NaN)]
        : throw new StrataException($"History: there is no '{name}'; there are {string.Join(", ", Names.Select(n => $"'{n}'"))}.");

    internal void Add(int epoch, Logs epochLogs)
    {
        epochs.Add(epoch);
        logs.Add(epochLogs);
    }

    internal void Save(State state)
    {
        state.Put("count", epochs.Count);
        for (var i = 0; i < epochs.Count; i++)
        {
            var at = state.At(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            at.Put("epoch", epochs[i]);
            at.Put("names", string.Join('\n', logs[i].Names));
            foreach (var (name, value) in logs[i]) at.At("logs").Put(name, value);
        }
    }

    internal static History Load(State state)
    {
        var history = new History();
        for (var i = 0; i < state.Integer("count"); i++)
        {
            var at = state.At(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var logs = new Logs();
            foreach (var name in at.Text("names").Split('\n', StringSplitOptions.RemoveEmptyEntries)) logs[name] = at.At("logs").Double(name);
            history.Add((int)at.Integer("epoch"), logs);
        }

        return history;
    }
}
