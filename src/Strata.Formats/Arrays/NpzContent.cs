namespace Strata.Formats.Arrays;

/// <summary>What a <c>.npz</c> file holds that has arrays of objects, too.</summary>
/// <param name="Tensors">The arrays of numbers and truth values by name, without the ending <c>.npy</c>.</param>
/// <param name="Lists">The arrays of lists of integers by name.</param>
public sealed record NpzContent(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, int[][]> Lists);
