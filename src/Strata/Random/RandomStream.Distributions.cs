namespace Strata.Random;

public sealed partial class RandomStream
{
    /// <summary>Truth values that are true with probability <paramref name="probability"/>.</summary>
    public Tensor Bernoulli(Shape shape, double probability) => probability is >= 0 and <= 1
        ? Uniform(shape) < probability
        : throw new ShapeException($"RandomStream.Bernoulli: {probability} is no probability; it must be in 0 … 1.");

    /// <summary>Numbers of the standard Gumbel distribution, −ln(−ln u).</summary>
    public Tensor Gumbel(Shape shape, DType dtype = DType.Float32)
    {
        // u is a multiple of 2⁻²⁴ (2⁻⁵³); the shift by half a step keeps it off 0.
        var u = Uniform(shape, 0, 1, dtype) + (dtype == DType.Float32 ? 1.0 / (1 << 25) : 1.0 / (1L << 54));
        return -(-u.Log()).Log();
    }

    /// <summary>One class a row, drawn with the probabilities softmax(<paramref name="logits"/>) of the last axis, by the Gumbel-max trick; int64.</summary>
    public Tensor Categorical(Tensor logits) => (logits + Gumbel(logits.Shape, logits.DType)).ArgMax(-1);
}
