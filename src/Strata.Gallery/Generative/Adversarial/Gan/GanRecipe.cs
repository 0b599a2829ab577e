using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Generative.Adversarial;

/// <summary>Generative adversarial nets where the best answer is known, on a ring of modes, and on digits.</summary>
public sealed class GanRecipe : Recipe
{
    const int Modes = 8;
    const double Radius = 2, Deviation = 0.2;

    /// <inheritdoc/>
    public override string Id => "gan";

    /// <inheritdoc/>
    public override string Title => "Generative adversarial nets";

    /// <inheritdoc/>
    public override Source Source => new("Goodfellow et al.", 2014, "Generative adversarial nets", "arXiv 1406.2661");

    /// <inheritdoc/>
    public override string Summary =>
        "A discriminator finds the best possible belief; a generator led by it matches a normal distribution, covers a ring of modes and draws digits, and without a discriminator that "
        + "learns it does not; the saturating loss starves a generator that is far behind.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "distributions of one and two dimensions and 4,000 generated digits of 14×14"),
        new("paper", "MNIST (--data), ReLU against maxout, 100 epochs"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The quick preset uses Adam, leaky ReLU and the average of the generator's weights; the paper, momentum, maxout and the last weights.",
        "z is standard normal in both presets.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("parzen", "The Parzen-window log-likelihood of the MNIST test images is so many nats (paper: 225 ± 2)", Bound.Min(200), new("untrained generator", 200))]
        :
        [
            new("belief", "Against a fixed generator, D is on average so far from p/(p + p_g)", Bound.Max(0.02), new("untrained D", 0.1)),
            new("normal", "Mean and standard deviation of the samples are together so far from those of N(4, 0.5²)", Bound.Max(0.16), new("D frozen untrained", 0.25)),
            new("starved", "When D has learned alone, G's gradient of −ln D(G(z)) is so many times that of ln(1 − D(G(z)))", Bound.Min(4)),
            new("modes", $"Of {Modes} modes of a ring the samples cover so many", Bound.Min(7), new("D frozen untrained", 3)),
            new("parzen", "The Parzen-window log-likelihood of unseen digits is so many nats", Bound.Min(-50), new("untrained generator", 40)),
        ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper")
        {
            var mnist = Mnist.Load(run.RequireData("the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)"));
            var steps = (run.Epochs ?? 100) * (mnist.Train.Images.Shape[0] / 100);
            var rate = new ExponentialDecay(0.1, 1, 1 / 1.000004);
            Digits(run, Gan.CreateForMnist(run.SeedFor("digit weights")), mnist, new SGD(rate, 0.5), new SGD(rate, 0.5), steps, null);
            return;
        }

        Belief(run);
        Normal(run);
        Ring(run);
        var glyphs = new GlyphOptions { Size = 14, Box = 14, Jitter = .03, Scale = (.62, .85), Translation = 1, StrokeWidth = (2, 2.8) };
        var gan = Gan.Create(14 * 14, 32, [128, 128], [128, 64], run.SeedFor("digit weights"), Activation.Sigmoid);
        var digits = new GlyphDigits(run.SeedFor("digits"), glyphs).Split(4000, 1000);
        Digits(run, gan, digits, new Adam(0.0005, beta1: 0.5), new Adam(0.0005, beta1: 0.5), run.Epochs is { } epochs ? epochs * 40 : 2500, 0.995);
    }

    static void Belief(Run run)
    {
        var random = run.Random("normal data");
        var gan = Gan.Create(1, 1, [4], [32, 32], run.SeedFor("belief weights"));
        var x = Tensor.Linspace(-3, 3, 121).Reshape(121, 1);
        var best = Gan.OptimalDiscriminator(Density(1, 1), Density(-1, 0.7));
        var before = Distance();
        var trainer = new AdversarialTrainer(gan.Generator, gan.Discriminator, new SGD(), new Adam(new CosineDecay(0.005, 2000)));
        var update = Compiled.Function(() => trainer.DiscriminatorStepOn(random.Normal([256, 1], 1), random.Normal([256, 1], -1, 0.7)));
        for (var i = 0; i < 2000; i++) update();
        run.Plot(new Plot("D against a fixed generator").XAxis("x").YAxis("D").Line("learned", Points(x), Points(Belief())).Line("p/(p + p_g)", Points(x), Points(best), dashed: true));
        run.Measure("belief", Distance(), before);

        Tensor Belief() => gan.Discriminator.Apply(x).Sigmoid();
        double Distance() => (Belief() - best).Abs().Mean().Item();
        Tensor Density(double mean, double deviation) => (((x - mean) / deviation).Square() * -0.5).Exp() / (deviation * Math.Sqrt(Math.Tau));
    }

    static void Normal(Run run)
    {
        run.Measure("normal", Trained(new Adam(0.005, beta1: 0)), Trained(null));

        var late = New();
        late.Train(null, new Adam(0.005, beta1: 0), Data("starving data", 300));
        var noise = late.Noise(1000);
        run.Measure("starved", GradientNorm(GeneratorLoss.NonSaturating) / GradientNorm(GeneratorLoss.Saturating));

        Gan New() => Gan.Create(1, 4, [32], [32, 32], run.SeedFor("normal weights"), hidden: Activation.Tanh);

        IEnumerable<Tensor> Data(string purpose, int steps) => Batches(run.Random(purpose), steps, random => random.Normal([128, 1], 4, 0.5));

        double Trained(Optimizer? discriminator)
        {
            var gan = New();
            var average = new WeightAverage(gan.Generator, 0.995);
            gan.Train(new Adam(0.0005, beta1: 0), discriminator, Data("data", 4000), average);
            average.CopyTo(gan.Generator);
            var samples = gan.Sample(10_000);
            var (mean, deviation) = (samples.Mean().Item(), samples.StandardDeviation().Item());
            run.Say($"{(discriminator is null ? "D frozen untrained" : "GAN")}: mean {mean:0.000}, standard deviation {deviation:0.000}; wanted are 4 and 0.5.");
            return Math.Sqrt(((mean - 4) * (mean - 4)) + ((deviation - 0.5) * (deviation - 0.5)));
        }

        double GradientNorm(GeneratorLoss loss) => Math.Sqrt(Gradient
            .Of(() => AdversarialTrainer.LossOf(late.Discriminator.Apply(late.Generator.Apply(noise)), loss), late.Generator.TrainableWeights)
            .Sum(g => g.Square().Sum().Item()));
    }

    static void Ring(Run run)
    {
        var samples = Trained(new Adam(0.002, beta1: 0));
        run.Plot(new Plot("Ring of modes") { EqualScales = true }.Scatter("data", Points(Real(run.Random("shown"), 500)[.., 0]), Points(Real(run.Random("shown"), 500)[.., 1]))
            .Scatter("samples", Points(samples[..500, 0]), Points(samples[..500, 1])));
        run.Measure("modes", Covered(samples), Covered(Trained(null)));

        Tensor Trained(Optimizer? discriminator)
        {
            var gan = Gan.Create(2, 16, [64, 64], [64, 64], run.SeedFor("ring weights"));
            var average = new WeightAverage(gan.Generator, 0.995);
            gan.Train(new Adam(0.0005, beta1: 0), discriminator, Batches(run.Random("ring data"), 4000, random => Real(random, 128)), average);
            average.CopyTo(gan.Generator);
            return gan.Sample(4000);
        }
    }

    // Modes that a quarter at least of their fair share of the samples lies within 3σ of.
    internal static int Covered(Tensor samples)
    {
        var near = (samples.Reshape(-1, 1, 2) - Centers()).Square().Sum(-1).Sqrt() < 3 * Deviation;
        return near.Cast(DType.Float32).Mean(0).ToArray<float>().Count(share => share >= 0.25 / Modes);
    }

    internal static Tensor Real(RandomStream random, int count) => Centers().Gather(random.Integers([count], 0, Modes), 0) + random.Normal([count, 2], 0, Deviation);

    static Tensor Centers()
    {
        var angles = Tensor.Arange(0.0, Modes) * (Math.Tau / Modes);
        return Tensor.Stack([angles.Cos(), angles.Sin()], 1) * Radius;
    }

    static void Digits(Run run, Gan gan, ImageDataset data, Optimizer generator, Optimizer discriminator, int steps, double? decay)
    {
        var (train, test) = (data.Train.Images.Reshape(data.Train.Images.Shape[0], -1), data.Test.Images.Reshape(data.Test.Images.Shape[0], -1));
        var side = data.Train.Images.Shape[1];
        var validation = train[..1000];
        var untrained = Likelihood();
        var average = decay is { } d ? new WeightAverage(gan.Generator, d) : null;
        var batches = Dataset.From(train).Shuffle(run.SeedFor("digit order")).Repeat().Batch(100).Take(steps);
        gan.Train(generator, discriminator, batches.Epoch(0), average, (step, dLoss, gLoss) =>
        {
            run.Metric("digits/discriminator loss", step, dLoss);
            run.Metric("digits/generator loss", step, gLoss);
        });
        average?.CopyTo(gan.Generator);
        run.Save(gan.Generator);
        run.Images("Digits by the generator", gan.Sample(48).Reshape(48, side, side, 1));
        var (ends, share) = (gan.Noise(8), Tensor.Linspace(0, 1, 12).Reshape(1, 12, 1));
        var walk = (ends[..4].Reshape(4, 1, -1) * (1.0 - share)) + (ends[4..].Reshape(4, 1, -1) * share);
        run.Images("Walks in z", gan.Generator.Apply(walk.Reshape(48, -1)).Reshape(48, side, side, 1));
        run.Measure("parzen", Likelihood(), untrained);

        // Section 5: bumps at samples, as wide as suits images that are not the test's.
        double Likelihood()
        {
            var window = ParzenWindow.Fit(gan.Sample(run.Preset.Name == "paper" ? 10_000 : 2000), validation, 0.1, 0.14, 0.2, 0.28, 0.4);
            return Enumerable.Range(0, test.Shape[0] / 500).Average(i => window.LogProbability(test[(500 * i)..(500 * (i + 1))]).Mean().Item());
        }
    }

    static IEnumerable<Tensor> Batches(RandomStream random, int steps, Func<RandomStream, Tensor> draw)
    {
        for (var i = 0; i < steps; i++) yield return draw(random);
    }

    static float[] Points(Tensor x) => x.Reshape(-1).ToArray<float>();
}
