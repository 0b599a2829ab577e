using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A softmax over classes at the leaves of a tree (Morin and Bengio 2005, with the Huffman tree of Mikolov et al. 2013): ln p is the sum of
/// ln σ(±v·h) over the inner nodes on the way, so a class costs the length of its way, which is short for frequent ones.</summary>
public sealed class HierarchicalSoftmax : ClassOutput
{
    readonly long[] frequencies;
    readonly Tensor nodes, signs; // [classes, longest way]: the inner node, and 1 to the left, −1 to the right, 0 beyond the end
    Variable w = null!;

    /// <summary>Makes the tree of the classes' frequencies.</summary>
    /// <param name="frequencies">How often each class occurs.</param>
    public HierarchicalSoftmax(ReadOnlySpan<long> frequencies)
        : base(frequencies.Length)
    {
        this.frequencies = frequencies.ToArray();
        var paths = new HuffmanTree(frequencies).Paths;
        var longest = paths.Max(p => p.Length);
        var (n, s) = (new int[paths.Count * longest], new double[paths.Count * longest]);
        for (var c = 0; c < paths.Count; c++)
            for (var i = 0; i < paths[c].Length; i++) (n[(c * longest) + i], s[(c * longest) + i]) = (paths[c][i].Node, paths[c][i].Right ? -1 : 1);
        (nodes, signs) = (Tensor.From(n, [paths.Count, longest]).Keep(), Tensor.From(s, [paths.Count, longest]).Keep());
    }

    internal static HierarchicalSoftmax FromConfig(Config c) => new(c.Longs("frequencies"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => config["frequencies"] = Config.Of(frequencies);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        base.Build(x);
        w = Weight("kernel", [Classes - 1, x[1]], Initializer.Zeros); // both ways alike at first, as in word2vec
    }

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor h, Tensor labels, CallContext context)
    {
        var ways = w.Borrow().Gather(nodes.Gather(labels)); // [n, way, d]
        var scores = ways.MatMul(h.ExpandDims(2)).Squeeze(-1);
        return -Summed(scores, signs.Cast(h.DType).Gather(labels));
    }

    /// <inheritdoc/>
    protected override Tensor LogProbabilities(Tensor h) => Summed(h.MatMul(w, transposeB: true).Gather(nodes, 1), signs.Cast(h.DType));

    // Σ ln σ(±score) over the nodes on the way; −ln σ(x) = softplus(−x)
    static Tensor Summed(Tensor scores, Tensor signs) => -((-(scores * signs)).Softplus() * signs.Abs()).Sum(-1);
}
