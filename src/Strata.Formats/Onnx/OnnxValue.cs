namespace Strata.Formats.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, with the numbers of the format; 0: unknown.</param>
/// <param name="Sizes">Its sizes; null where any will do. Null as a whole: nothing is known.</param>
sealed record OnnxValue(string Name, int Type, long?[]? Sizes);
