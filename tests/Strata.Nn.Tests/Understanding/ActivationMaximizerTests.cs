using Strata.Random;

namespace Strata.Nn.Tests.Understanding;

public sealed class ActivationMaximizerTests
{
    static Tensor Noise(int count) => ActivationMaximizer.Noise([count, 8, 8, 2], new RandomStream(4));

    // max ⟨w, x⟩ with ‖x‖ ≤ 1 is reached at w/‖w‖.
    [Fact]
    public void Of_a_linear_unit_in_a_ball_the_optimum_is_its_weights()
    {
        var model = new Sequential(new Flatten(), new Dense(3)) { Seed = 1 };
        model.BuildFor([4, 4, 2]);
        var (x, values) = new ActivationMaximizer(model, ActivationObjective.Score(1), new AscentOptions { Step = .2, Iterations = 50, Ball = 1 }).Maximize(new RandomStream(2).Normal([1, 4, 4, 2], deviation: .01));
        var w = model.Weights[0].Value[.., 1];
        Assert.True((x.Flatten() * w).Sum().Item() / (x.Norm() * w.Norm()).Item() >= .999);
        Assert.Equal(1, x.Norm().Item(), 1e-4);
        Assert.Equal(51, values.Length);
    }

    [Fact]
    public void Normalized_gradients_have_a_root_mean_square_of_1()
    {
        var g = ActivationMaximizer.Normalized(new RandomStream(3).Normal([2, 6, 5, 3]) * Tensor.From([10f, .5f], [2, 1, 1, 1]));
        for (var i = 0; i < 2; i++) Assert.Equal(1, Math.Sqrt(g[i].Square().Mean().Item()), 1e-4);
    }

    [Fact]
    public void On_a_smooth_network_small_steps_never_lower_the_objective()
    {
        var model = new Sequential(new Conv2D(4, 3, activation: Activation.Tanh), new GlobalAveragePooling2D(), new Dense(3)) { Seed = 1 };
        model.BuildFor([8, 8, 2]);
        var (_, values) = new ActivationMaximizer(model, ActivationObjective.Score(0, 1, 2), new AscentOptions { Step = 1e-2, Iterations = 30 }).Maximize(Noise(3));
        for (var step = 1; step < values.Length; step++)
            for (var i = 0; i < 3; i++) Assert.True(values[step][i] >= values[step - 1][i], $"picture {i}, step {step}");
    }

    [Fact]
    public void The_model_stays_as_it_is()
    {
        var model = new Sequential(new Conv2D(4, 3), new BatchNormalization(), new ReLU { Name = "relu" }, new Dropout(.5), new GlobalAveragePooling2D(), new Dense(3, Activation.Softmax)) { Seed = 1 };
        model.BuildFor([8, 8, 2]);
        var before = model.GetWeights().Select(w => w.ToArray<float>()).ToArray();
        var maximizer = new ActivationMaximizer(model, ActivationObjective.Score(2), new AscentOptions { Iterations = 3 });
        var (first, _) = maximizer.Maximize(Noise(1));
        Assert.Equal(first.ToArray<float>(), maximizer.Maximize(Noise(1)).Images.ToArray<float>()); // no dropout, no statistics of the batch
        Assert.All(model.GetWeights().Zip(before), p => Assert.Equal(p.Second, p.First.ToArray<float>()));
    }

    [Fact]
    public void Each_picture_climbs_for_its_own_channel()
    {
        var model = FeatureExtractorTests.Built();
        var (together, values) = new ActivationMaximizer(model, ActivationObjective.ChannelMean("inner/second", 0, 5)).Maximize(Noise(2));
        var (alone, _) = new ActivationMaximizer(model, ActivationObjective.ChannelMean("inner/second", 5)).Maximize(Noise(2)[1..]);
        Check.Close(alone[0].Cast(DType.Float64).ToArray<double>(), together[1], 1e-4);
        var maps = new FeatureExtractor(model, "inner/second").Apply(together);
        Assert.Equal(maps[1, .., .., 5].Mean().Item(), values[^1][1], 1e-4);
        Assert.True(values[^1][0] > values[0][0] && values[^1][1] > values[0][1]);
    }

    [Fact]
    public void A_single_unit_reaches_only_its_window()
    {
        var start = Tensor.Zeros([1, 8, 8, 2]);
        var (x, _) = new ActivationMaximizer(FeatureExtractorTests.Built(), ActivationObjective.Unit("first", 2, 3, 1), new AscentOptions { Iterations = 1 }).Maximize(start);
        var touched = x[0].Abs().Sum(-1).ToArray<float>();
        for (var i = 0; i < 64; i++)
            if (touched[i] > 0) Assert.True(Math.Abs((i / 8) - 2) <= 1 && Math.Abs((i % 8) - 3) <= 1);
    }

    [Fact]
    public void Regularizers_do_what_they_say()
    {
        var model = FeatureExtractorTests.Built();
        Tensor Climb(AscentOptions options) => new ActivationMaximizer(model, ActivationObjective.Score(1), options).Maximize(Noise(1), new RandomStream(9)).Images;
        double Roughness(Tensor x) => (x[.., 1.., .., ..] - x[.., ..^1, .., ..]).Abs().Mean().Item();
        var plain = Climb(new() { Step = .1 });
        Assert.True(Climb(new() { Step = .1, Decay = .1 }).Norm().Item() < .8 * plain.Norm().Item());
        Assert.True(Roughness(Climb(new() { Step = .1, BlurEvery = 1 })) < .7 * Roughness(plain));
        Assert.True(Roughness(Climb(new() { Step = .1, TotalVariation = .1 })) < .8 * Roughness(plain));
        Assert.All(Climb(new() { Step = 1, Range = (0, 1) }).ToArray<float>(), v => Assert.InRange(v, 0, 1));
        Assert.InRange(Climb(new() { Step = .1, SmallNormQuantile = .25 }).Abs().Sum(-1).EqualTo(0).Cast(DType.Float32).Mean().Item(), .2, .3);
        Assert.InRange(Climb(new() { Step = .1, SmallContributionQuantile = .25 }).Abs().Sum(-1).EqualTo(0).Cast(DType.Float32).Mean().Item(), .2, .5);
        Assert.NotEqual(plain.ToArray<float>(), Climb(new() { Step = .1, Jitter = 2 }).ToArray<float>());
        Assert.Equal(Shape.Of(1, 8, 8, 2), Climb(new() { Octaves = [.75, 1] }).Shape);
    }

    [Fact]
    public void Deprocessed_pictures_are_centered_with_a_deviation_of_a_tenth()
    {
        var y = ActivationMaximizer.Deprocess(new RandomStream(1).Uniform([2, 6, 6, 3], -50, 90));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(.5, y[i].Mean().Item(), 1e-4);
            Assert.Equal(.1, y[i].StandardDeviation().Item(), 1e-4);
        }

        Assert.All(ActivationMaximizer.Deprocess(Tensor.Full([1, 2, 2, 1], 7.0)).ToArray<float>(), v => Assert.Equal(.5f, v));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var model = FeatureExtractorTests.Built();
        Assert.Contains("there is no channel 9; there are 0 … 4", Assert.ThrowsAny<StrataException>(() => new ActivationMaximizer(model, ActivationObjective.Score(9)).Maximize(Noise(1))).Message);
        Assert.Contains("1 channels were named for 2 pictures", Assert.ThrowsAny<StrataException>(() => new ActivationMaximizer(model, ActivationObjective.Score(1)).Maximize(Noise(2))).Message);
        Assert.Contains("has no layer 'x'", Assert.ThrowsAny<StrataException>(() => new ActivationMaximizer(model, ActivationObjective.ChannelMean("x", 1))).Message);
        Assert.Contains("the step is 0", Assert.Throws<ArgumentException>(() => new ActivationMaximizer(model, ActivationObjective.Score(1), new() { Step = 0 })).Message);
        Assert.Contains("the octaves are 1, 0.5", Assert.Throws<ArgumentException>(() => new ActivationMaximizer(model, ActivationObjective.Score(1), new() { Octaves = [1, .5] })).Message);
    }
}
