using Strata.Data;
using Strata.Formats.Plots;
using Strata.Memory;
using Strata.Nn;

namespace Strata.Gallery.Generative.Latent;

/// <summary>The variational auto-encoder on digits, and where its bound is known exactly.</summary>
public sealed class VaeRecipe : Recipe
{
    const int Draws = 20_000;

    /// <inheritdoc/>
    public override string Id => "vae";

    /// <inheritdoc/>
    public override string Title => "Variational auto-encoder";

    /// <inheritdoc/>
    public override Source Source => new("Kingma, Welling", 2014, "Auto-encoding variational Bayes", "arXiv 1312.6114");

    /// <inheritdoc/>
    public override string Summary =>
        "An encoder and a decoder, trained on the variational bound by gradients through the samples, learn to draw digits. Importance weights tighten the bound as they should; "
        + "a linear model reaches the likelihood of probabilistic PCA; the gradient through the sample is far less noisy than the score-function estimator.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "6,000 generated binary digits of 14×14, 2,000 updates"),
        new("paper", "MNIST (--data), 500 hidden units and 3, 5, 10, 20 and 200 latent ones, 10⁷ samples each"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "Optimizer: Adam in the quick preset, Adagrad as in the paper in the other, which ends after 10⁷ of the 10⁸ samples of figure 2.",
        "Frey faces (section 5) are left out; the Gaussian decoder that they need is tried on linear data instead.",
        "Likelihood: by importance weights, with the encoder as the proposal, instead of the Monte Carlo sampler of appendix D.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ?
        [
            new("bound", "With 20 latent units the bound on the test images is so many nats", Bound.Min(-115), new("independent pixels", 60)),
            new("superfluous", "200 latent units have a bound on the test images that is higher than that of 3 by so many nats", Bound.Min(10)),
        ]
        :
        [
            new("linear", "The bound of a linear model is below the likelihood of probabilistic PCA by so many nats", Bound.Max(0.01), new("q's mean forced to 0", 0.3)),
            new("exact", "and below that model's own exact likelihood by", Bound.Max(0.01)),
            new("bound", "The bound on unseen digits is so many nats", Bound.Min(-37), new("independent pixels", 10)),
            new("likelihood", "The likelihood of unseen digits by 50 importance-weighted samples is so many nats", Bound.Min(-36), new("500 samples of the prior", 6)),
            new("tighter", "It is above the bound by so many nats", Bound.Min(0.8)),
            new("tightest", "500 samples raise it by so many nats more", Bound.Min(0)),
            new("variance", "The score-function gradient has so many times the variance of that through the sample", Bound.Min(50)),
            new("unbiased", $"over {Draws:N0} draws their means differ by so many standard errors", Bound.Max(3)),
        ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper") RunPaper(run);
        else RunQuick(run);
    }

    static void RunQuick(Run run)
    {
        Linear(run);
        var glyphs = new GlyphOptions { Size = 14, Box = 14, Jitter = .03, Scale = (.62, .85), Translation = 1, StrokeWidth = (2, 2.8) };
        var digits = new GlyphDigits(run.SeedFor("digits"), glyphs).Split(6000, 500);
        var (train, test) = (Binary(digits.Train.Images), Binary(digits.Test.Images));
        var vae = Vae.Create(14 * 14, 100, 10, run.SeedFor("weights"));
        Train(run, "VAE", vae, train, new Adam(0.002), run.Epochs is { } epochs ? epochs * 60 : 2000);
        run.Save(vae);
        Show(run, vae, test);

        var random = run.Random("estimates");
        var bound = MeanOver(test, x => vae.LogWeights(x, random.Normal([50, x.Shape[0], vae.Latent])).Mean(0));
        int[] samples = [1, 5, 50, 500];
        var likelihoods = Array.ConvertAll(samples, k => MeanOver(test, x => vae.ImportanceWeighted(x, random.Normal([k, x.Shape[0], vae.Latent]))));
        var prior = MeanOver(test, x => vae.LogLikelihood(x, random.Normal([500, 1, vae.Latent])).LogSumExp(0) - Math.Log(500));
        run.Plot(new Plot("Importance-weighted likelihood").XAxis("samples", Scale.Logarithmic).YAxis("nats").Line("estimate", samples, likelihoods, markers: true).Level("bound", bound));
        run.Measure("bound", bound, IndependentPixels(train, test));
        run.Measure("likelihood", likelihoods[2], prior);
        run.Measure("tighter", likelihoods[2] - bound);
        run.Measure("tightest", likelihoods[3] - likelihoods[2]);
        Estimators(run, vae, test[..1]);
    }

    static void RunPaper(Run run)
    {
        var digits = Mnist.Load(run.RequireData("the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)"));
        var (train, test) = (Flat(digits.Train.Images), Flat(digits.Test.Images));
        var bounds = new Dictionary<int, double>();
        foreach (var latent in (int[])[3, 5, 10, 20, 200])
        {
            var vae = Vae.Create(28 * 28, 500, latent, run.SeedFor("weights"), new RandomNormal(0, 0.01));
            var prior = 1.0 / train.Shape[0]; // θ ~ N(0, I), beside a sum over all examples
            Train(run, $"{latent} latent units", vae, train, new AdaGrad(0.02) { L2 = prior }, (run.Epochs ?? 167) * (train.Shape[0] / 100));
            var random = run.Random("estimates");
            bounds[latent] = MeanOver(test, x => vae.Bound(x, random.Normal([x.Shape[0], latent])));
            run.Say($"{latent} latent units: the bound on the test images is {bounds[latent]:0.00} nats.");
            if (latent != 20) continue;
            run.Save(vae);
            Show(run, vae, test);
        }

        run.Measure("bound", bounds[20], IndependentPixels(train, test));
        run.Measure("superfluous", bounds[200] - bounds[3]);
    }

    // M = 100 in the paper, too.
    static void Train(Run run, string title, Vae vae, Tensor x, Optimizer optimizer, int steps, int batch = 100)
    {
        var update = vae.Training(optimizer, run.Random($"{title}: noise"));
        var batches = Dataset.From(x).Shuffle(run.SeedFor("order")).Repeat().Batch(batch).Take(steps);
        var (step, sum) = (0, 0.0);
        foreach (var examples in batches.Epoch(0))
        {
            using var scope = new TensorScope();
            sum += update(examples).Item();
            if (++step % 100 != 0) continue;
            run.Metric($"{title}/bound", step, sum / 100);
            sum = 0;
        }
    }

    static void Linear(Run run)
    {
        const int size = 6, latent = 2, n = 1000, steps = 4000;
        var random = run.Random("linear data");
        var x = random.Normal([n, latent]).MatMul(random.Normal([latent, size])) + random.Normal([n, size], 0, 0.5);
        var (vae, uninformed) = (Fitted(informed: true), Fitted(informed: false));
        var bound = BoundOf(vae);

        // x ~ N(b, WᵀW + σ²I) is what the decoder says; z = 0 and the unit vectors show b and W.
        var b = vae.Decode(Tensor.Zeros([1, latent]));
        var w = vae.Decode(Tensor.Eye(latent)) - b;
        var covariance = w.MatMul(w, transposeA: true) + (vae.DecodedVariance(b) * Tensor.Eye(size));
        var spread = (x - b).MatMul((x - b) / n, transposeA: true);
        var exact = -0.5 * ((size * Math.Log(Math.Tau)) + covariance.LogDeterminant().LogAbsolute.Item() + (covariance.Inverse() * spread).Sum().Item());

        // Tipping and Bishop 1999, equation 8 at the maximum: the largest eigenvalues stay, the others are replaced by their mean.
        var centered = x - x.Mean(0);
        var eigenvalues = centered.MatMul(centered / n, transposeA: true).SymmetricEigen().Values.ToArray<float>().OrderDescending().ToArray();
        var logs = eigenvalues.Take(latent).Sum(v => Math.Log(v)) + ((size - latent) * Math.Log(eigenvalues.Skip(latent).Average()));
        var best = -0.5 * ((size * (Math.Log(Math.Tau) + 1)) + logs);
        run.Say($"Linear model: bound {bound:0.0000}, its likelihood {exact:0.0000}, probabilistic PCA {best:0.0000} nats.");
        run.Measure("linear", best - bound, best - BoundOf(uninformed));
        run.Measure("exact", exact - bound);

        Vae Fitted(bool informed)
        {
            var model = Vae.CreateLinear(size, latent, run.SeedFor("linear weights"), informed);
            Train(run, informed ? "linear VAE" : "q's mean forced to 0", model, x, new Adam(new CosineDecay(0.01, steps)), steps, n);
            return model;
        }

        double BoundOf(Vae model) => MeanOver(x, y => model.LogWeights(y, random.Normal([200, y.Shape[0], latent])).Mean(0));
    }

    // The gradient of E[ln p(x|z)] in μ for one x, estimated in two ways from the same draws.
    static void Estimators(Run run, Vae vae, Tensor x)
    {
        var q = vae.Encode(x);
        var noise = run.Random("draws").Normal([Draws, vae.Latent]);
        var mu = Tensor.Zeros(noise.Shape) + q.Mean;
        var through = Gradient.Of(m => vae.LogLikelihood(x, new DiagonalGaussian(m, q.Variance).Sample(noise)).Sum(), mu);
        var z = q.Sample(noise);
        var score = vae.LogLikelihood(x, z).Reshape(Draws, 1) * q.MeanScore(z);
        var ratio = score.Variance(0).Sum().Item() / through.Variance(0).Sum().Item();
        var error = Math.Sqrt((score - through).Variance(0).Sum().Item() / Draws); // of the difference
        run.Measure("variance", ratio);
        run.Measure("unbiased", (score - through).Mean(0).Norm().Item() / error);
    }

    static void Show(Run run, Vae vae, Tensor test)
    {
        var side = (int)Math.Sqrt(test.Shape[1]);
        run.Images("Digits and, below, what comes back through z", Pictures(Tensor.Concatenate([test[..12], vae.Apply(test[..12])])));
        run.Images("Drawn from the prior", Pictures(vae.Sample(48, run.Random("samples"))));
        var ends = vae.Encode(test[..8]).Mean;
        var share = Tensor.Linspace(0, 1, 12).Reshape(1, 12, 1);
        var walk = (ends[..4].Reshape(4, 1, vae.Latent) * (1.0 - share)) + (ends[4..].Reshape(4, 1, vae.Latent) * share);
        run.Images("Walks in z from one digit to another", Pictures(vae.Decode(walk.Reshape(48, vae.Latent))));

        Tensor Pictures(Tensor x) => x.Reshape(x.Shape[0], side, side, 1);
    }

    static double MeanOver(Tensor x, Func<Tensor, Tensor> perExample)
    {
        var (compiled, sum) = (Compiled.Function(perExample), 0.0);
        for (var i = 0; i < x.Shape[0]; i += 50)
        {
            using var scope = new TensorScope();
            sum += compiled(x[i..Math.Min(i + 50, x.Shape[0])]).Sum().Item();
        }

        return sum / x.Shape[0];
    }

    static double IndependentPixels(Tensor train, Tensor test)
    {
        var p = train.Mean(0).Clip(1e-3, 1 - 1e-3);
        return ((test * p.Log()) + ((1.0 - test) * (1.0 - p).Log())).Sum(-1).Mean().Item();
    }

    static Tensor Flat(Tensor images) => images.Reshape(images.Shape[0], -1);

    static Tensor Binary(Tensor images) => (Flat(images) > 0.5).Cast(DType.Float32);
}
