using System.Globalization;

namespace Strata.Nn;

/// <summary>Named tensors and values: what a part of a training run needs to go on as if it had never stopped. Names are paths; see <see cref="At"/>.</summary>
public sealed class State
{
    readonly string prefix;

    /// <summary>An empty state.</summary>
    public State()
        : this("", new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    internal State(string prefix, Dictionary<string, Tensor> tensors, Dictionary<string, string> values)
    {
        this.prefix = prefix;
        Tensors = tensors;
        Values = values;
    }

    /// <summary>All tensors by full name.</summary>
    internal Dictionary<string, Tensor> Tensors { get; }

    /// <summary>All values by full name.</summary>
    internal Dictionary<string, string> Values { get; }

    /// <summary>The part of this state whose names begin with <paramref name="name"/>.</summary>
    public State At(string name) => new($"{prefix}{name}/", Tensors, Values);

    /// <summary>Whether a value of this name is there.</summary>
    public bool Has(string name) => Values.ContainsKey(prefix + name);

    /// <summary>Stores a tensor, which must not change until the state is written.</summary>
    public void Put(string name, Tensor tensor) => Tensors[prefix + name] = tensor;

    /// <summary>Stores a number, to the bit.</summary>
    public void Put(string name, double value) => Values[prefix + name] = value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Stores an integer.</summary>
    public void Put(string name, long value) => Values[prefix + name] = value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Stores a text.</summary>
    public void Put(string name, string value) => Values[prefix + name] = value;

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="CheckpointException">It is not there.</exception>
    public Tensor Tensor(string name) => Tensors.TryGetValue(prefix + name, out var tensor) ? tensor : throw Missing(name);

    /// <summary>The text of a name.</summary>
    /// <exception cref="CheckpointException">It is not there.</exception>
    public string Text(string name) => Values.TryGetValue(prefix + name, out var value) ? value : throw Missing(name);

    /// <summary>The number of a name.</summary>
    /// <exception cref="CheckpointException">It is not there or no number.</exception>
    public double Double(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new CheckpointException($"Checkpoint: '{prefix}{name}' is no number.");

    /// <summary>The integer of a name.</summary>
    /// <exception cref="CheckpointException">It is not there or no integer.</exception>
    public long Integer(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new CheckpointException($"Checkpoint: '{prefix}{name}' is no integer.");

    CheckpointException Missing(string name) => new($"Checkpoint: '{prefix}{name}' is missing.");
}
