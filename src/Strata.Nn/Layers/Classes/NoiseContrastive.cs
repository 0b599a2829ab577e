using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Noise-contrastive estimation (Gutmann and Hyvärinen 2010; for language models Mnih and Teh 2012): tells the right class from k drawn from a noise q,
/// −ln σ(s(y) − ln(k·q(y))) − Σⱼ ln σ(ln(k·q(xⱼ)) − s(xⱼ)) with s(c) = w_c·h + b_c. The scores come to be log-probabilities without being normalized.</summary>
/// <param name="noise">q.</param>
/// <param name="samples">k, drawn with replacement, for all rows alike.</param>
public sealed class NoiseContrastive(ClassDistribution noise, int samples) : ClassOutput(noise.Count)
{
    Variable w = null!, b = null!;

    internal static NoiseContrastive FromConfig(Config c) => new(new ClassDistribution(c.Doubles("noise")), c.Int("samples"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["noise"], config["samples"]) = (Config.Of(noise.Weights), samples);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        base.Build(x);
        w = Weight("kernel", [Classes, x[1]], Initializer.GlorotUniform);
        b = Weight("bias", [Classes], new Constant(-Math.Log(Classes))); // scores begin normalized
    }

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor h, Tensor labels, CallContext context)
    {
        var drawn = noise.Sample(samples, context.Random);
        var expected = (noise.LogProbabilities + Math.Log(samples)).Cast(h.DType);
        var right = Chosen(h, w, b, labels) - expected.Gather(labels);
        var others = h.MatMul(w.Borrow().Gather(drawn), transposeB: true) + (b.Borrow().Gather(drawn) - expected.Gather(drawn));
        return (-right).Softplus() + others.Softplus().Sum(-1); // −ln σ(x) = softplus(−x)
    }

    /// <inheritdoc/>
    protected override Tensor LogProbabilities(Tensor h) => (h.MatMul(w, transposeB: true) + b).LogSoftmax();
}
