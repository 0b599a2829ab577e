namespace Strata.Formats.Onnx;

/// <summary>What an ONNX file holds, as far as models need it.</summary>
sealed class OnnxGraph
{
    /// <summary>The version of the standard operators.</summary>
    public long Opset { get; set; } = 17;

    public string Name { get; set; } = "";

    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Constants by name; weights among them.</summary>
    public Dictionary<string, Tensor> Initializers { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];
}

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, with the numbers of the format; 0: unknown.</param>
/// <param name="Sizes">Its sizes; null where any will do. Null as a whole: nothing is known.</param>
sealed record OnnxValue(string Name, int Type, long?[]? Sizes);

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
