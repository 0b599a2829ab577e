namespace Strata.Formats.Onnx;

/// <summary>One application of an operator.</summary>
/// <param name="Operator">The name of the operator.</param>
/// <param name="Inputs">Names of values; empty for one that is left out.</param>
/// <param name="Outputs">Names of values.</param>
/// <param name="Attributes">long, float, string, long[], float[], string[] or <see cref="Tensor"/> by name.</param>
sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, object> Attributes)
{
    public long Int(string name, long absent) => Attributes.TryGetValue(name, out var value) ? value as long? ?? throw Wrong(name) : absent;

    public float Float(string name, float absent) => Attributes.TryGetValue(name, out var value) ? value as float? ?? throw Wrong(name) : absent;

    public string String(string name, string absent) => Attributes.TryGetValue(name, out var value) ? value as string ?? throw Wrong(name) : absent;

    public int[]? Ints(string name) => Attributes.TryGetValue(name, out var value) ? [.. (value as long[] ?? throw Wrong(name)).Select(v => v is >= int.MinValue and <= int.MaxValue ? (int)v : throw Wrong(name))] : null;

    public override string ToString() => $"{Operator} → {(Outputs.Count > 0 ? Outputs[0] : "")}";

    FormatException Wrong(string name) => new($"the attribute '{name}' of {this} has another type than it should");
}
