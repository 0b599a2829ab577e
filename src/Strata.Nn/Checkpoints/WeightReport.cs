namespace Strata.Nn;

/// <summary>What became of the weights of a file.</summary>
/// <param name="Loaded">Weights of the model that have their values from the file.</param>
/// <param name="Missing">Weights of the model that the file has nothing for.</param>
/// <param name="LeftOver">Weights of the file that the model has no place for.</param>
/// <param name="Mismatched">Weights that are in both with another shape or type, which were skipped.</param>
public sealed record WeightReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> LeftOver, IReadOnlyList<string> Mismatched)
{
    /// <summary>What the loaded weights are called in the file, in the order of <see cref="Loaded"/>.</summary>
    public IReadOnlyList<string> Sources { get; init; } = Loaded;
}
