namespace Strata.Formats.Pickle;

/// <summary>A dictionary, its entries in their order.</summary>
sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Entries { get; } = [];
}
