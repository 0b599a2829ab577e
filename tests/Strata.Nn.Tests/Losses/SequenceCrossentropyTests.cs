using Strata.Random;

namespace Strata.Nn.Tests.Losses;

public sealed class SequenceCrossentropyTests
{
    static readonly Tensor logits = new RandomStream(1).Normal([2, 3, 5], dtype: DType.Float64).Keep();

    [Fact]
    public void It_is_minus_the_logarithm_of_the_sequences_probability()
    {
        var log = logits.LogSoftmax().ToArray<double>();
        double[] expected = [-(log[3] + log[5 + 1] + log[10 + 2]), -(log[15 + 4] + log[20 + 2])];
        Check.Close(expected, new SequenceCrossentropy().PerExample(Tensor.From(new[,] { { 3, 1, 2 }, { 4, 2, 0 } }), logits), 1e-12);
        Check.Close(expected.Average(), new SequenceCrossentropy(-1).Apply(Tensor.From(new[,] { { 3, 1, 2 }, { 4, 2, -1 } }), logits).Item(), 1e-12);
    }

    [Fact]
    public void More_padding_and_another_order_of_the_sequences_change_nothing()
    {
        var y = Tensor.From(new[,] { { 3, 1, 2 }, { 4, 2, 0 } });
        var expected = new SequenceCrossentropy().Apply(y, logits).Item();
        var longer = new SequenceCrossentropy().Apply(y.Pad([(0, 0), (0, 2)]), logits.Pad([(0, 0), (0, 2), (0, 0)], 7));
        Check.Close(expected, longer.Item(), 1e-12);
        Check.Close(expected, new SequenceCrossentropy().Apply(y.Flip(0), logits.Flip(0)).Item(), 1e-12);
    }

    [Fact]
    public void Padding_has_no_gradient()
    {
        var x = new Variable(logits, "logits");
        var g = Gradient.Of(() => new SequenceCrossentropy().Apply(Tensor.From(new[,] { { 3, 1, 2 }, { 4, 0, 0 } }), x), [x])[0].ToArray<double>();
        Assert.All(g[20..], v => Assert.Equal(0, v));
        Assert.All(g[..20], v => Assert.NotEqual(0, v));
    }

    [Fact]
    public void What_does_not_fit_is_named() => Check.Fails(
        "sequence_crossentropy: targets are [2] and predictions [2, 3, 5]; targets [n, steps] need predictions [n, steps, tokens].",
        () => new SequenceCrossentropy().PerExample(Tensor.From(1, 2), logits));
}
