using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Negative sampling (Mikolov et al. 2013, 1310.4546, equation 4): −ln σ(v′_y·h) − Σⱼ ln σ(−v′_{xⱼ}·h) with k words xⱼ drawn from a noise q; a draw that happens to be
/// y is left out. At its best σ(v′_c·h) = p(c)/(p(c) + k·q(c)) (Levy and Goldberg 2014), so that p(c) is in proportion to q(c)·e^(v′_c·h).</summary>
/// <param name="noise">q; word2vec's is <see cref="ClassDistribution.Unigram"/>.</param>
/// <param name="samples">k, drawn with replacement, for each row apart.</param>
public sealed class NegativeSampling(ClassDistribution noise, int samples) : ClassOutput(noise.Count)
{
    Variable w = null!;

    internal static NegativeSampling FromConfig(Config c) => new(new ClassDistribution(c.Doubles("noise")), c.Int("samples"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["noise"], config["samples"]) = (Config.Of(noise.Weights), samples);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        base.Build(x);
        w = Weight("kernel", [Classes, x[1]], Initializer.Zeros); // as in word2vec
    }

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor h, Tensor labels, CallContext context)
    {
        var drawn = noise.Sample(checked(h.Shape[0] * samples), context.Random).Reshape(h.Shape[0], samples);
        var right = (h * w.Borrow().Gather(labels)).Sum(-1);
        var others = w.Borrow().Gather(drawn).MatMul(h.ExpandDims(2)).Squeeze(-1); // [n, k]
        var counted = drawn.NotEqualTo(labels.ExpandDims(1)).Cast(h.DType);
        return (-right).Softplus() + (others.Softplus() * counted).Sum(-1); // −ln σ(x) = softplus(−x)
    }

    /// <inheritdoc/>
    protected override Tensor LogProbabilities(Tensor h) => (h.MatMul(w, transposeB: true) + noise.LogProbabilities.Cast(h.DType)).LogSoftmax();
}
