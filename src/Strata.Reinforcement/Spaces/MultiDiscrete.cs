namespace Strata.Reinforcement;

/// <summary>Vectors whose number i is one of 0 … Counts[i] − 1.</summary>
public sealed record MultiDiscrete : Space
{
    readonly int[] counts;

    /// <summary>The space of the given counts, each at least 1.</summary>
    /// <exception cref="ShapeException">There is no count or one is less than 1.</exception>
    public MultiDiscrete(params ReadOnlySpan<int> counts)
        : base([counts.Length], DType.Int64)
    {
        if (counts.Length == 0) throw new ShapeException("MultiDiscrete: no counts were given; one or more fit.");
        foreach (var count in counts)
            if (count < 1) throw new ShapeException($"MultiDiscrete: a count is {count}; it must be at least 1.");
        this.counts = counts.ToArray();
    }

    /// <summary>The counts.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<double> element)
    {
        if (element.Length != counts.Length || !AreWhole(element)) return false;
        for (var i = 0; i < counts.Length; i++)
            if (!(element[i] >= 0 && element[i] < counts[i])) return false;
        return true;
    }

    /// <inheritdoc/>
    public override void Sample(NumpyRandom random, Span<double> element)
    {
        for (var i = 0; i < counts.Length; i++) element[i] = random.NextInt(counts[i]);
    }

    /// <inheritdoc/>
    public bool Equals(MultiDiscrete? other) => other is not null && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(counts.Length, counts[0]);

    /// <inheritdoc/>
    public override string ToString() => $"MultiDiscrete([{string.Join(", ", counts)}])";
}
