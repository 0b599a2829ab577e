namespace Strata.Gallery.Vision.Classification;

/// <summary>Which maps of a layer see which maps of the layer before.</summary>
/// <param name="Inputs">How many maps there are before.</param>
/// <param name="Sources">For each map, the maps that it sees.</param>
public sealed record ConnectionTable(int Inputs, IReadOnlyList<IReadOnlyList<int>> Sources)
{
    /// <summary>Table I of the paper: six maps see three neighbors, six see four, three see four that are not neighbors, one sees all.</summary>
    public static ConnectionTable C3 { get; } = new(6,
    [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ]);

    /// <summary>How many pairs of maps are connected.</summary>
    public int Count => Sources.Sum(s => s.Count);

    /// <summary>[connections, inputs·outputs] of zeros and ones: spreads one column a connection over a dense kernel.</summary>
    public Tensor Spread()
    {
        var spread = new float[Count, Inputs * Sources.Count];
        var connection = 0;
        for (var output = 0; output < Sources.Count; output++)
            foreach (var input in Sources[output]) spread[connection++, (input * Sources.Count) + output] = 1;
        return Tensor.From(spread);
    }
}
