namespace Strata.Reinforcement;

/// <summary>The numbers 0 … <paramref name="Count"/> − 1.</summary>
/// <param name="Count">How many, at least 1.</param>
public sealed record Discrete(int Count) : Space([], DType.Int64)
{
    /// <summary>How many, at least 1.</summary>
    public int Count { get; } = Count > 0 ? Count : throw new ArgumentOutOfRangeException(nameof(Count), Count, "Discrete: the count must be at least 1.");

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<double> element) => element.Length == 1 && AreWhole(element) && element[0] >= 0 && element[0] < Count;

    /// <inheritdoc/>
    public override void Sample(NumpyRandom random, Span<double> element) => element[0] = Sample(random);

    /// <summary>A random number of the space.</summary>
    public int Sample(NumpyRandom random) => random.NextInt(Count);

    /// <inheritdoc/>
    public override string ToString() => $"Discrete({Count})";
}
