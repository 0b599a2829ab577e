namespace Strata.Formats.PyTorch;

/// <summary>What became of the weights of a model and of a file.</summary>
/// <param name="Loaded">Weights of the model that were loaded, with the names they have in the file.</param>
/// <param name="Missing">Weights of the model that the file has not, by the names that they would have there.</param>
/// <param name="LeftOver">Tensors of the file that the model has no weight for.</param>
public sealed record TorchReport(IReadOnlyList<(string Weight, string Name)> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> LeftOver);
