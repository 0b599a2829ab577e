namespace Strata.Nn;

/// <summary>The binary tree over classes whose mean path, weighted by frequency, is shortest (Huffman 1952).</summary>
public sealed class HuffmanTree
{
    /// <summary>Makes the tree. Of equal frequencies the class that stands first is joined first, so that the tree is always the same.</summary>
    /// <param name="frequencies">How often each class occurs; at least two classes.</param>
    public HuffmanTree(ReadOnlySpan<long> frequencies)
    {
        var n = frequencies.Length;
        if (n < 2) throw new ArgumentException("HuffmanTree: there must be at least 2 classes.", nameof(frequencies));
        var parents = new int[(2 * n) - 1];
        var right = new bool[(2 * n) - 1];
        var open = new PriorityQueue<(int Node, long Count), (long, int)>();
        for (var i = 0; i < n; i++) open.Enqueue((i, frequencies[i]), (frequencies[i], i));
        for (var node = n; node < parents.Length; node++)
        {
            var (a, b) = (open.Dequeue(), open.Dequeue());
            (parents[a.Node], parents[b.Node], right[b.Node]) = (node, node, true);
            open.Enqueue((node, a.Count + b.Count), (a.Count + b.Count, node));
        }

        var paths = new (int Node, bool Right)[n][];
        for (var i = 0; i < n; i++)
        {
            var path = new Stack<(int, bool)>();
            for (var at = i; at != parents.Length - 1; at = parents[at]) path.Push((parents[at] - n, right[at]));
            paths[i] = [.. path];
        }

        Paths = paths;
    }

    /// <summary>For each class the way from the root: the inner nodes (0 … classes − 2) and whether it goes on to the right.</summary>
    public IReadOnlyList<(int Node, bool Right)[]> Paths { get; }
}
