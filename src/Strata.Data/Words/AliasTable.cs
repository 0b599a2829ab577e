using Strata.Random;

namespace Strata.Data;

/// <summary>Draws from a fixed distribution in constant time (Walker 1977, with the table of Vose 1991): each column holds one item, and another that takes
/// the rest of the column's share.</summary>
public sealed class AliasTable
{
    readonly (uint Own, int Other)[] columns; // own: the share of the column's own item in 2⁻³²

    /// <summary>Makes the table.</summary>
    /// <param name="weights">In proportion to the probabilities: at least 0 and finite, with a positive sum.</param>
    /// <exception cref="StrataException">A weight is negative or not finite, or their sum is not positive.</exception>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var w in weights)
            total += w >= 0 && double.IsFinite(w) ? w : throw new StrataException($"AliasTable: a weight is {w}; weights are at least 0 and finite.");
        if (!(total > 0) || !double.IsFinite(total)) throw new StrataException("AliasTable: the sum of the weights must be positive and finite.");
        columns = new (uint, int)[weights.Length];
        var shares = new double[weights.Length]; // in columns: 1 fills one
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = weights[i] / total * shares.Length;
            (shares[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var (little, much) = (small.Pop(), large.Pop());
            columns[little] = ((uint)(shares[little] * (1L << 32)), much);
            shares[much] -= 1 - shares[little];
            (shares[much] < 1 ? small : large).Push(much);
        }

        // What is left fills its column up to rounding.
        foreach (var i in large.Concat(small)) columns[i] = (uint.MaxValue, i);
    }

    /// <summary>The number of items.</summary>
    public int Count => columns.Length;

    /// <summary>An item.</summary>
    public int Draw(RandomStream random) => Draw((ulong)(random.NextDouble() * (1L << 53)) << 11);

    /// <summary>The item of 64 random bits.</summary>
    public int Draw(ulong bits)
    {
        var column = (int)(((bits >> 32) * (ulong)columns.Length) >> 32);
        var (own, other) = columns[column];
        return (uint)bits < own ? column : other;
    }
}
