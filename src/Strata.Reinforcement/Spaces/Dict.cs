namespace Strata.Reinforcement;

/// <summary>Named parts, each of a space of its own, in the order of their names: Gymnasium's Dict. An element's numbers are those of its parts one after the
/// other; they have the parts' type if that is one, else float64.</summary>
public sealed record Dict : Space
{
    readonly (string Name, Space Space, int Start)[] parts;

    /// <summary>The space of some parts, whose order does not matter.</summary>
    /// <exception cref="ShapeException">There is no part, or a name comes twice.</exception>
    public Dict(params IEnumerable<(string Name, Space Space)> parts)
        : this([.. parts.OrderBy(p => p.Name, StringComparer.Ordinal)], _: 0)
    {
    }

    Dict((string Name, Space Space)[] ordered, int _)
        : base([ordered.Sum(p => p.Space.Size)], TypeOf(ordered))
    {
        var (all, start) = (new (string, Space, int)[ordered.Length], 0);
        for (var i = 0; i < ordered.Length; start += ordered[i].Space.Size, i++)
        {
            if (i > 0 && ordered[i].Name == ordered[i - 1].Name) throw new ShapeException($"Dict: the name '{ordered[i].Name}' comes twice.");
            all[i] = (ordered[i].Name, ordered[i].Space, start);
        }

        parts = all;
    }

    /// <summary>The names of the parts, in their order.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(parts, p => p.Name);

    /// <summary>The space of a part.</summary>
    /// <exception cref="ShapeException">There is none of this name.</exception>
    public Space this[string name] => Find(name).Space;

    /// <summary>Which of an element's numbers are a part's: <c>numbers[space.Place("goal")]</c>.</summary>
    /// <exception cref="ShapeException">There is none of this name.</exception>
    public Range Place(string name)
    {
        var (_, space, start) = Find(name);
        return start..(start + space.Size);
    }

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<double> element)
    {
        if (element.Length != Size) return false;
        foreach (var (_, space, start) in parts)
            if (!space.Contains(element.Slice(start, space.Size))) return false;
        return true;
    }

    /// <inheritdoc/>
    public override void Sample(NumpyRandom random, Span<double> element)
    {
        foreach (var (_, space, start) in parts) space.Sample(random, element.Slice(start, space.Size));
    }

    /// <inheritdoc/>
    public bool Equals(Dict? other) => other is not null && parts.AsSpan().SequenceEqual(other.parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(parts.Length, parts[0]);

    /// <inheritdoc/>
    public override string ToString() => $"Dict({string.Join(", ", parts.Select(p => $"{p.Name}: {p.Space}"))})";

    (string Name, Space Space, int Start) Find(string name)
    {
        foreach (var part in parts)
            if (part.Name == name) return part;
        throw new ShapeException($"Dict: there is no part '{name}'; there are {string.Join(", ", Names.Select(n => $"'{n}'"))}.");
    }

    static DType TypeOf((string Name, Space Space)[] parts)
    {
        if (parts.Length == 0) throw new ShapeException("Dict: there are no parts; one or more fit.");
        return Array.TrueForAll(parts, p => p.Space.DType == parts[0].Space.DType) ? parts[0].Space.DType : DType.Float64;
    }
}
