using System.Collections;
using System.Globalization;

namespace Strata.Nn;

/// <summary>Named numbers in a fixed order: loss and metrics of a batch, an epoch or an evaluation.</summary>
public sealed class Logs : IEnumerable<KeyValuePair<string, double>>
{
    readonly List<KeyValuePair<string, double>> items = [];

    /// <summary>The number of a name. Setting a new name appends it.</summary>
    /// <exception cref="StrataException">There is none of this name.</exception>
    public double this[string name]
    {
        get => TryGet(name, out var value)
            ? value
            : throw new StrataException($"Logs: there is no '{name}'; there are {string.Join(", ", Names.Select(n => $"'{n}'"))}.");
        set
        {
            var at = items.FindIndex(i => i.Key == name);
            if (at < 0) items.Add(new(name, value));
            else items[at] = new(name, value);
        }
    }

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => items.Select(i => i.Key);

    /// <summary>The number called <c>loss</c>.</summary>
    public double Loss => this["loss"];

    /// <summary>The number of a name, if it is there.</summary>
    public bool TryGet(string name, out double value)
    {
        var at = items.FindIndex(i => i.Key == name);
        value = at < 0 ? double.NaN : items[at].Value;
        return at >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As in <c>loss: 0.1234 - acc: 0.9876</c>.</summary>
    public override string ToString() => string.Join(" - ", items.Select(i => $"{i.Key}: {Format(i.Value)}"));

    static string Format(double value) => Math.Abs(value) is > 1e-3 or 0
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);
}
