using Strata.Random;
using Strata.Tests.Kernels;

namespace Strata.Tests.Operations;

[Collection("Engine settings")]
public sealed class CtcLossTests
{
    [Theory]
    [InlineData("ctc")]
    [InlineData("ctc/repeated labels")]
    [InlineData("ctc/lengths")]
    [InlineData("ctc/no labels")]
    [InlineData("ctc/blank last", 3)]
    [InlineData("ctc/tight")]
    public void Ctc_loss(string name, int blank = 0) => Check.Operation("ctc: " + name, x => [Tensor.CtcLoss(x[0], x[1], x[2], x[3], blank)]);

    [Fact]
    public void Probabilities_of_all_labelings_sum_to_1()
    {
        // Three steps of three classes: every labeling of up to three labels out of two.
        var logits = new RandomStream(1).Normal([1, 3, 3], dtype: DType.Float64);
        var total = 0.0;
        for (var count = 0; count <= 3; count++)
            for (var code = 0; code < 1 << count; code++)
            {
                var labels = Enumerable.Range(0, 3).Select(i => 1 + (code >> i & 1)).ToArray();
                total += Math.Exp(-Tensor.CtcLoss(logits, Tensor.From(labels, [1, 3]), labelCounts: Tensor.From(count)).Item());
            }

        Assert.Equal(1, total, 1e-12);
    }

    [Fact]
    public void Labels_that_need_more_steps_than_there_are_have_an_infinite_loss_and_no_gradient()
    {
        var logits = Tensor.Zeros([2, 2, 3]);
        var (labels, steps) = (Tensor.From(new[,] { { 1, 1 }, { 1, 2 } }), Tensor.From(2, 0));
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], Tensor.CtcLoss(logits, labels, steps).Cast(DType.Float64).ToArray<double>());
        Check.Close(Tensor.Zeros([2, 2, 3]), Gradient.Of(x => Tensor.CtcLoss(x, labels, steps).Sum(), logits));
        Assert.Equal(0, Tensor.CtcLoss(logits[..1], labels[..1], Tensor.From(0), Tensor.From(0)).Item());
    }

    [Fact]
    public void A_thousand_steps_neither_underflow_nor_depend_on_the_threads()
    {
        var logits = new RandomStream(2).Normal([5, 1000, 20]);
        var labels = new RandomStream(3).Integers([5, 200], 1, 20);
        float[] Run()
        {
            var (loss, gradient) = Gradient.ValueAndGradient(x => Tensor.CtcLoss(x, labels).Sum(), logits);
            return [(float)loss.Item(), .. gradient.ToArray<float>()];
        }

        var one = Settings.OnThreads(1, Run);
        Assert.Equal(one, Settings.OnThreads(3, Run));
        Assert.InRange(one[0], 1000, 100_000);
        for (var i = 0; i < 1000; i++) Assert.Equal(0, one.AsSpan(1 + (i * 20), 20).ToArray().Sum(), 1e-4f); // softmax: the gradients of a step cancel
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        var (logits, labels) = (Tensor.Zeros([2, 3, 4]), Tensor.Ones([2, 2], DType.Int32));
        Check.Fails("CtcLoss: the labels are [1, 2]; for logits [2, 3, 4] they must be [2, labels].", () => Tensor.CtcLoss(logits, labels[..1]));
        Check.Fails("CtcLoss: example 0 has the label 1; labels are 0 … 3 without the blank 1.", () => Tensor.CtcLoss(logits, labels, blank: 1));
        Check.Fails("CtcLoss: the blank 4 is none of the 4 classes.", () => Tensor.CtcLoss(logits, labels, blank: 4));
        Check.Fails("CtcLoss: example 1 has 9 steps; there are 3.", () => Tensor.CtcLoss(logits, labels, Tensor.From(1, 9)));
        Check.Fails("CtcLoss: example 0 has 3 labels; there are 2.", () => Tensor.CtcLoss(logits, labels, labelCounts: Tensor.From(3, 1)));
        Check.Fails("CtcLoss: the labels are float32; they must be integers.", () => Tensor.CtcLoss(logits, Tensor.Ones([2, 2])));
    }
}
