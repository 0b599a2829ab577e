using Strata.Random;

namespace Strata.Nn.Tests.Adversarial;

public sealed class AdversarialTrainerTests
{
    static Sequential Network(int inputs, int outputs, long seed)
    {
        var model = new Sequential(new Dense(6), new BatchNormalization(), new Dense(outputs)) { Seed = seed };
        model.BuildFor([inputs]);
        return model;
    }

    static float[][] Values(Model model) => [.. model.Weights.Select(w => w.Value.ToArray<float>())];

    [Fact]
    public void Where_nothing_tells_them_apart_the_discriminator_loses_2_ln_2() =>
        Assert.Equal(2 * Math.Log(2), AdversarialTrainer.DiscriminatorLoss(Tensor.Zeros([4, 1]), Tensor.Zeros([4, 1])).Item(), 1e-6);

    // ∂/∂a ln(1 − σ(a)) = −σ(a) and ∂/∂a (−ln σ(a)) = −(1 − σ(a)); at −10 they differ by a factor of e¹⁰.
    [Fact]
    public void The_gradients_of_the_two_losses_differ_by_the_odds()
    {
        var a = Tensor.From([-10f], [1, 1]);
        var saturating = Gradient.Of(x => AdversarialTrainer.LossOf(x, GeneratorLoss.Saturating), a).Item();
        var other = Gradient.Of(x => AdversarialTrainer.LossOf(x, GeneratorLoss.NonSaturating), a).Item();
        Assert.Equal(-1 / (1 + Math.Exp(10)), saturating, 1e-9);
        Assert.Equal(-1 / (1 + Math.Exp(-10)), other, 1e-6);
        Assert.Equal(Math.Exp(10), other / saturating, 1.0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_turn_leaves_the_other_side_as_it_was_with_its_moving_statistics(bool compiled)
    {
        var (g, d) = (Network(3, 2, 1), Network(2, 1, 2));
        var trainer = new AdversarialTrainer(g, d, new Adam(0.01), new Adam(0.01));
        var (real, noise) = (new RandomStream(3).Normal([8, 2], 1), new RandomStream(4).Normal([8, 3]));
        Func<Tensor, Tensor, Tensor> discriminate = trainer.DiscriminatorStep;
        Func<Tensor, Tensor> generate = trainer.GeneratorStep;
        if (compiled) (discriminate, generate) = (Compiled.Function(discriminate), Compiled.Function(generate));
        for (var turn = 0; turn < 2; turn++)
        {
            var (before, own) = (Values(g), Values(d));
            discriminate(real, noise);
            Assert.Equal(before, Values(g));
            Assert.NotEqual(own, Values(d));

            (before, own) = (Values(d), Values(g));
            generate(noise);
            Assert.Equal(before, Values(d));
            Assert.NotEqual(own, Values(g));
        }
    }

    [Fact]
    public void The_average_follows_the_weights()
    {
        var model = new Sequential(new Dense(1, useBias: false)) { Seed = 1 };
        model.BuildFor([1]);
        model.SetWeights([Tensor.Full([1, 1], 2)]);
        var average = new WeightAverage(model, 0.75);
        model.SetWeights([Tensor.Full([1, 1], 6)]);
        average.Update();
        average.Update(); // 2 → 3 → 3.75
        average.CopyTo(model);
        Assert.Equal(3.75, model.Weights[0].Value.Item());
    }
}
