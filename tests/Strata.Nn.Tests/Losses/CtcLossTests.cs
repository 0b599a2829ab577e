namespace Strata.Nn.Tests.Losses;

public sealed class CtcLossTests
{
    static readonly Tensor logits = Tensor.From(Enumerable.Range(0, 24).Select(i => Math.Cos(i)).ToArray(), [2, 4, 3]).Keep();

    [Fact]
    public void Negative_targets_end_the_labels_of_an_example()
    {
        var padded = Tensor.From(new[,] { { 1, 2 }, { 1, -1 } });
        var expected = new[]
        {
            Tensor.CtcLoss(logits[..1], Tensor.From(new[,] { { 1, 2 } })).Item(),
            Tensor.CtcLoss(logits[1..], Tensor.From(new[,] { { 1 } })).Item(),
        };
        Check.Close(expected, new CtcLoss(fromLogits: true).PerExample(padded, logits), 1e-12);
        Check.Close(expected, new CtcLoss().PerExample(padded, logits.Softmax()), 1e-9);
        Check.Close(expected.Average(), new CtcLoss(fromLogits: true).Apply(padded, logits).Item(), 1e-12);
    }

    [Fact]
    public void The_blank_may_be_counted_from_the_end() => Check.Close(
        Tensor.CtcLoss(logits, Tensor.From(new[,] { { 0 }, { 1 } }), blank: 2).ToArray<double>(),
        new CtcLoss(-1, fromLogits: true).PerExample(Tensor.From(new[,] { { 0 }, { 1 } }), logits),
        1e-12);

    [Fact]
    public void What_does_not_fit_is_named() => Check.Fails(
        "ctc: targets are [2] and predictions [2, 4, 3]; they must be [examples, labels] and [examples, steps, classes].",
        () => new CtcLoss().PerExample(Tensor.From(1, 2), logits));
}
