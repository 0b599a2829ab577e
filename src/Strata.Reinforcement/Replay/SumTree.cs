namespace Strata.Reinforcement;

/// <summary>Weights of which one can be changed, or drawn in proportion, in logarithmic time: a binary tree of partial sums.</summary>
public sealed class SumTree
{
    readonly double[] sums; // node i has the children 2i and 2i + 1; the leaves follow the inner nodes
    readonly int leaves;

    /// <summary>A tree of weights 0.</summary>
    /// <param name="count">How many, at least 1.</param>
    public SumTree(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);
        sums = new double[2 * leaves];
    }

    /// <summary>The sum of all weights.</summary>
    public double Sum => sums[1];

    /// <summary>A weight, 0 or more.</summary>
    public double this[int index]
    {
        get => sums[leaves + index];
        set
        {
            var node = leaves + index;
            sums[node] = value;
            while ((node >>= 1) > 0) sums[node] = sums[2 * node] + sums[(2 * node) + 1]; // summed anew: differences would drift
        }
    }

    /// <summary>The index whose part of the line of all weights, laid end to end, holds <paramref name="place"/>, 0 ≤ place &lt; <see cref="Sum"/>.</summary>
    public int Find(double place)
    {
        var node = 1;
        while (node < leaves)
        {
            node *= 2;
            if (place < sums[node] || sums[node + 1] == 0) continue;
            place -= sums[node];
            node++;
        }

        return node - leaves;
    }
}
