using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A softmax in clusters (Grave et al. 2017, arXiv 1609.04309): the frequent classes and one entry for each cluster of rarer ones stand in the head;
/// a cluster has a softmax of its own on a projection to d/divisorⁱ features. ln p = ln p_head(cluster) + ln p_cluster(class).</summary>
/// <remarks>Classes are numbered by falling frequency. All rows go through all clusters, so that shapes do not depend on the data; what is saved is the
/// width of the rare classes' products.</remarks>
public sealed class AdaptiveSoftmax : ClassOutput
{
    readonly int[] bounds; // where clusters begin, and the number of classes
    readonly double divisor;
    readonly List<(Variable Projection, Variable Kernel)> tails = [];
    Variable head = null!;

    /// <summary>Cuts the classes into clusters.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="cutoffs">Where the clusters begin, ascending, within 1 … classes − 1.</param>
    /// <param name="divisor">By how much each cluster has fewer features than the one before.</param>
    public AdaptiveSoftmax(int classes, ReadOnlySpan<int> cutoffs, double divisor = 4)
        : base(classes)
    {
        bounds = [.. cutoffs, classes];
        this.divisor = divisor;
        if (cutoffs.Length == 0 || cutoffs[0] < 1) throw new ArgumentException("AdaptiveSoftmax: there must be a cutoff, and the first must be at least 1.", nameof(cutoffs));
        for (var i = 1; i < bounds.Length; i++)
            if (bounds[i] <= bounds[i - 1]) throw new ArgumentException($"AdaptiveSoftmax: the cutoffs {string.Join(", ", cutoffs.ToArray())} must ascend and stay below {classes}.", nameof(cutoffs));
        if (divisor < 1) throw new ArgumentOutOfRangeException(nameof(divisor), divisor, "AdaptiveSoftmax: the divisor must be at least 1.");
    }

    int Clusters => bounds.Length - 1;

    internal static AdaptiveSoftmax FromConfig(Config c) => new(c.Int("classes"), c.Ints("cutoffs"), c.Double("divisor"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["classes"], config["cutoffs"], config["divisor"]) = (Classes, Config.Of(bounds.AsSpan(0, Clusters)), Config.Of(divisor));

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        base.Build(x);
        tails.Clear();
        head = Weight("head", [x[1], bounds[0] + Clusters], Initializer.GlorotUniform);
        for (var i = 0; i < Clusters; i++)
        {
            var size = Math.Max(1, (int)(x[1] / Math.Pow(divisor, i + 1)));
            tails.Add((Weight($"projection_{i + 1}", [x[1], size], Initializer.GlorotUniform), Weight($"tail_{i + 1}", [size, bounds[i + 1] - bounds[i]], Initializer.GlorotUniform)));
        }
    }

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor h, Tensor labels, CallContext context)
    {
        var first = h.MatMul(head).LogSoftmax();
        var entry = labels;
        var tail = Tensor.Zeros(labels.Shape, h.DType);
        for (var i = 0; i < Clusters; i++)
        {
            var inside = (labels >= bounds[i]) & (labels < bounds[i + 1]);
            entry = Tensor.Where(inside, Tensor.Scalar(bounds[0] + i, DType.Int64), entry);
            var within = Tensor.Where(inside, labels - bounds[i], Tensor.Scalar(0, DType.Int64));
            tail = Tensor.Where(inside, Taken(Tail(h, i), within), tail);
        }

        return -(Taken(first, entry) + tail);
    }

    /// <inheritdoc/>
    protected override Tensor LogProbabilities(Tensor h)
    {
        var first = h.MatMul(head).LogSoftmax();
        var parts = new List<Tensor> { first[.., ..bounds[0]] };
        for (var i = 0; i < Clusters; i++) parts.Add(first[.., (bounds[0] + i)..(bounds[0] + i + 1)] + Tail(h, i));
        return Tensor.Concatenate([.. parts], 1);
    }

    Tensor Tail(Tensor h, int cluster) => h.MatMul(tails[cluster].Projection).MatMul(tails[cluster].Kernel).LogSoftmax();

    static Tensor Taken(Tensor rows, Tensor columns) => rows.GatherAlong(columns.ExpandDims(1), 1).Squeeze(-1);
}
