namespace Strata.Formats.Pickle;

/// <summary>A tuple.</summary>
sealed record PickleTuple(object?[] Items);
