namespace Strata.Formats.PyTorch;

/// <summary>A tuple.</summary>
sealed record PickleTuple(object?[] Items);
