namespace Strata.Reinforcement;

/// <summary>The set of observations or actions of an environment: Gymnasium's spaces.</summary>
/// <param name="Shape">The shape of an element; a number has none.</param>
/// <param name="DType">The type of the numbers in it.</param>
public abstract record Space(Shape Shape, DType DType)
{
    /// <summary>The numbers in an element.</summary>
    public int Size => (int)Shape.Size;

    /// <summary>Whether an element belongs to the space.</summary>
    /// <param name="element">Its numbers, row-major.</param>
    public abstract bool Contains(ReadOnlySpan<double> element);

    /// <summary>Writes a random element.</summary>
    /// <param name="random">Where it is drawn from.</param>
    /// <param name="element">Takes its numbers, row-major.</param>
    public abstract void Sample(NumpyRandom random, Span<double> element);

    /// <summary>Whether all numbers are whole.</summary>
    private protected static bool AreWhole(ReadOnlySpan<double> element)
    {
        foreach (var x in element)
            if (x != Math.Floor(x)) return false;
        return true;
    }
}
