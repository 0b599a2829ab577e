using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Docs;

/// <summary>The code of <c>docs/compiling.md</c>.</summary>
public sealed class CompilingExamples
{
    [Fact]
    public void A_training_step()
    {
        var (w, b) = (new Variable(Tensor.Zeros([4, 1]), "w"), new Variable(Tensor.Zeros([1]), "b"));
        var adam = new Adam(0.05);
        var step = Compiled.Function((Tensor x, Tensor y) =>
        {
            var (loss, gradients) = Gradient.ValueAndGradient(() => (x.MatMul(w) + b - y).Square().Mean(), [w, b]);
            adam.Apply([w, b], gradients);
            return loss;
        });

        var x = new RandomStream(1).Normal([64, 4]);
        var y = x.Sum(1, keepDims: true) + 3;
        var first = step(x, y).Item();
        for (var i = 0; i < 300; i++) step(x, y);
        Assert.True(step(x, y).Item() < first / 100);
        Assert.Contains("MatMul", Compiled.Plan(step).ToString());
    }

    [Fact]
    public void A_number_of_the_host()
    {
        var temperature = 1.0;
        var soften = Compiled.Function((Tensor logits) => (logits / Compiled.Number(() => temperature)).Softmax());

        var logits = Tensor.From(new float[,] { { 1, 2 } });
        var sharp = soften(logits).ToArray<float>()[1];
        temperature = 10;
        Assert.True(soften(logits).ToArray<float>()[1] < sharp);
    }

    [Fact]
    public void A_loop()
    {
        var random = new RandomStream(1);
        var (sequence, wx, wh) = (random.Normal([20, 8, 4]), random.Normal([4, 16]), random.Normal([16, 16]));
        var hidden = Flow.Scan((x, h) => (x.MatMul(wx) + h.MatMul(wh)).Tanh(), sequence, Tensor.Zeros([8, 16])); // [steps, 8, 16]

        Assert.Equal([20, 8, 16], hidden.Shape);
    }
}
