namespace Strata.Reinforcement;

/// <summary>Vectors of zeros and ones.</summary>
/// <param name="Count">Their length, at least 1.</param>
public sealed record MultiBinary(int Count) : Space([Count], DType.UInt8)
{
    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<double> element) => element.Length == Count && element.IndexOfAnyExcept(0, 1) < 0;

    /// <inheritdoc/>
    public override void Sample(NumpyRandom random, Span<double> element)
    {
        foreach (ref var x in element) x = random.NextInt(2);
    }

    /// <inheritdoc/>
    public override string ToString() => $"MultiBinary({Count})";
}
