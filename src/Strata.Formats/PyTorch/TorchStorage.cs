namespace Strata.Formats.PyTorch;

/// <summary>What a persistent id stands for: elements that lie outside the pickle.</summary>
/// <param name="Key">The name of the elements' record.</param>
/// <param name="Type">The type of an element.</param>
/// <param name="Count">The number of elements.</param>
sealed record TorchStorage(string Key, Serialization.ElementType Type, long Count);
