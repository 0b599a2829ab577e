namespace Strata.Formats.Onnx;

/// <summary>One application of an operator.</summary>
/// <param name="Operator">The name of the operator.</param>
/// <param name="Inputs">Names of values; empty for one that is left out.</param>
/// <param name="Outputs">Names of values.</param>
/// <param name="Attributes">long, float, string, long[], float[], string[], <see cref="Tensor"/> or <see cref="OnnxGraph"/> by name.</param>
sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, object> Attributes)
{
    /// <summary>The names of values that the node and the nodes of graphs within it take.</summary>
    public IEnumerable<string> Needs => Inputs.Concat(Attributes.Values.OfType<OnnxGraph>().SelectMany(g => g.Nodes).SelectMany(n => n.Needs));

    public OnnxGraph Graph(string name) => Attributes.TryGetValue(name, out var value) ? value as OnnxGraph ?? throw Wrong(name) : throw new FormatException($"{this} has no attribute '{name}'");

    public long Int(string name, long absent) => Attributes.TryGetValue(name, out var value) ? value as long? ?? throw Wrong(name) : absent;

    public float Float(string name, float absent) => Attributes.TryGetValue(name, out var value) ? value as float? ?? throw Wrong(name) : absent;

    public string String(string name, string absent) => Attributes.TryGetValue(name, out var value) ? value as string ?? throw Wrong(name) : absent;

    public int[]? Ints(string name) => Attributes.TryGetValue(name, out var value) ? [.. (value as long[] ?? throw Wrong(name)).Select(v => v is >= int.MinValue and <= int.MaxValue ? (int)v : throw Wrong(name))] : null;

    public override string ToString() => $"{Operator} → {(Outputs.Count > 0 ? Outputs[0] : "")}";

    FormatException Wrong(string name) => new($"the attribute '{name}' of {this} has another type than it should");
}
