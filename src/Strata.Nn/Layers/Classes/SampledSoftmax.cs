using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>A softmax that is trained against the right class and a sample of others (Jean, Cho, Memisevic and Bengio 2015): the cross-entropy of the right
/// class's logit w·h + b and of the sample's w·h + b − ln(S·q), the correction for how often the noise q draws a class. Samples that happen to be right
/// are left out, so the softmax's denominator is estimated without bias (Bengio and Senécal 2008).</summary>
/// <param name="noise">q, what samples are drawn from.</param>
/// <param name="samples">S, drawn with replacement, for all rows alike.</param>
public sealed class SampledSoftmax(ClassDistribution noise, int samples) : ClassOutput(noise.Count)
{
    Variable w = null!, b = null!;

    internal static SampledSoftmax FromConfig(Config c) => new(new ClassDistribution(c.Doubles("noise")), c.Int("samples"));

    /// <inheritdoc/>
    protected override void Write(JsonObject config) => (config["noise"], config["samples"]) = (Config.Of(noise.Weights), samples);

    /// <inheritdoc/>
    protected override void Build(Shape x)
    {
        base.Build(x);
        w = Weight("kernel", [Classes, x[1]], Initializer.GlorotUniform);
        b = Weight("bias", [Classes], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor h, Tensor labels, CallContext context)
    {
        var drawn = noise.Sample(samples, context.Random);
        var expected = (noise.LogProbabilities + Math.Log(samples)).Cast(h.DType);
        var right = Chosen(h, w, b, labels);
        var others = h.MatMul(w.Borrow().Gather(drawn), transposeB: true) + (b.Borrow().Gather(drawn) - expected.Gather(drawn));
        others = Tensor.Where(labels.ExpandDims(1).EqualTo(drawn.ExpandDims(0)), Tensor.Scalar(-1e30, h.DType), others);
        return Tensor.Concatenate([right.ExpandDims(1), others], 1).LogSumExp(-1) - right;
    }

    /// <inheritdoc/>
    protected override Tensor LogProbabilities(Tensor h) => (h.MatMul(w, transposeB: true) + b).LogSoftmax();
}
