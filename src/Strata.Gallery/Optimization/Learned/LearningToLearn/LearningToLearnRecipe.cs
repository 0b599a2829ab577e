using System.Globalization;
using Strata.Data;
using Strata.Formats.Plots;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Optimization.Learned;

/// <summary>An LSTM learns to be an optimizer, and comes down faster than those designed by hand.</summary>
public sealed class LearningToLearnRecipe : Recipe
{
    const int Unroll = 20, Horizon = 100;
    const string Untrained = "LSTM, untrained", Learned = "LSTM";

    // The rate of Adam for φ falls to 0 along a cosine if it does.
    sealed record Plan(int Epochs, double Rate, bool Falls, int Checks, double[] Rates, int Steps = Horizon, int Draws = 1);

    static readonly Plan
        quadratics = new(Epochs: 800, Rate: 1e-2, Falls: true, Checks: 6, Rates: [.003, .01, .02, .03, .1, .3], Draws: 4),
        digits = new(Epochs: 60, Rate: 1e-2, Falls: true, Checks: 6, Rates: [.003, .01, .03, .1, .3, 1], Draws: 3),
        published = new(Epochs: 10_000, Rate: 1e-3, Falls: false, Checks: 100, Rates: [.001, .003, .01, .03, .1, .3, 1], Steps: 2 * Horizon, Draws: 20);

    /// <inheritdoc/>
    public override string Id => "learning-to-learn";

    /// <inheritdoc/>
    public override string Title => "Learning to learn by gradient descent by gradient descent";

    /// <inheritdoc/>
    public override Source Source => new("Andrychowicz et al.", 2016, "Learning to learn by gradient descent by gradient descent", "arXiv:1606.04474");

    /// <inheritdoc/>
    public override string Summary =>
        "A small LSTM, the same for every coordinate, is told the gradient and says the step. Trained through its own steps, it minimizes functions that it never saw faster than SGD, momentum, "
        + "NAG, RMSProp and Adam, each with the learning rate that suits it best.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", $"quadratic functions of 10 coordinates, {quadratics.Epochs} epochs; a perceptron on generated digits, {digits.Epochs} epochs"),
        new("paper", $"a perceptron on MNIST (--data), {published.Epochs} epochs"),
        new("quadratics", $"quadratic functions of 10 coordinates, 128 side by side, {published.Epochs} epochs"),
        new("cifar10", $"a convolutional network on CIFAR-10 (--data), {published.Epochs} epochs"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "The paper searches the learning rate of Adam for φ; here it is fixed, and the norm of the gradient is clipped to 1.",
        "Gradients are preprocessed (appendix A) on quadratic functions, too.",
        "The rates of the optimizers designed by hand are chosen on the very functions that all are judged by, which favors them.",
        $"On digits, quick learns for {digits.Epochs} epochs. That is enough to come down faster than Adam, not faster than momentum at a rate of 1, which the paper's 200-fold training overtakes.",
        "On CIFAR-10 one learned optimizer serves all weights; the paper has one for convolutions and one for the others. Channels of the convolutions (16) are not in the paper.",
        "Neural art, and cells that see all coordinates (global averaging, NTM-BFGS), are not among the presets.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "quick"
        ?
        [
            new("final", $"After {Horizon} steps on unseen quadratic functions f is this share of the best of five optimizers designed by hand", Bound.Max(.8), new(Untrained, 1)),
            new("average", "Averaged over these steps it is this share", Bound.Max(.85), new(Untrained, .5)),
            new("untrained", "Before its training, the same network ends at this multiple of SGD", Bound.Min(1)),
            new("digits", $"Averaged over {Horizon} steps from new weights, the loss of a perceptron on digits is this share of Adam's", Bound.Max(1), new(Untrained, .1)),
        ]
        : [new("average", $"Averaged over {published.Steps} steps f is this share of the best of five optimizers designed by hand", Bound.Max(1), new(Untrained, .1))];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        switch (run.Preset.Name)
        {
            case "quick":
                RunQuick(run);
                break;
            case "quadratics":
                MeasureAverage(run, Compete(run, "quadratic functions", new QuadraticProblems(128), new QuadraticProblems(128), published));
                break;
            default:
                var problem = run.IsPaper
                    ? ClassifierProblem.Perceptron(Mnist.Load(run.RequireData("the four IDX files of MNIST (train-images-idx3-ubyte.gz and its three companions)")).Train)
                    : ClassifierProblem.Convolutional(Cifar10.Load(run.RequireData("the binary version of CIFAR-10 (data_batch_1.bin to test_batch.bin)")).Train);
                MeasureAverage(run, Compete(run, run.IsPaper ? "perceptron" : "convolutional network", problem, problem, published));
                break;
        }
    }

    static void RunQuick(Run run)
    {
        var racers = Compete(run, "quadratic functions", new QuadraticProblems(64), new QuadraticProblems(64), quadratics);
        MeasureAverage(run, racers);
        var best = racers.Designed.Min(r => r.Final);
        run.Measure("final", racers.Learned.Final / best, racers.Untrained.Final / best);
        run.Measure("untrained", racers.Untrained.Final / racers.Designed[0].Final);

        var images = new GlyphDigits(run.SeedFor("digits"), new GlyphOptions { Size = 14, Box = 14, Jitter = .03, Scale = (.62, .85), Translation = 1, StrokeWidth = (2, 2.8) }).Split(2000, 1).Train;
        var perceptron = ClassifierProblem.Perceptron(images);
        var (learned, after, designed, before) = Compete(run, "perceptron", perceptron, perceptron, digits);
        var adam = designed.Single(r => r.Name.StartsWith("Adam", StringComparison.Ordinal)).Average;
        run.Measure("digits", after.Average / adam, before.Average / adam);

        // Section 3.2: other networks than the one it was trained on.
        foreach (var (title, other) in (ReadOnlySpan<(string, Optimizee)>)
            [("40 units", ClassifierProblem.Perceptron(images, 40)), ("two hidden layers", ClassifierProblem.Perceptron(images, layers: 2)), ("ReLU", ClassifierProblem.Perceptron(images, activation: Activation.Relu))])
        {
            var race = new Race(other, Horizon, run.SeedFor("other networks"));
            run.Plot(Courses($"A perceptron with {title}", [race.Run(Learned, learned), race.Run("Adam, 0.03", new Adam(.03))]));
        }
    }

    static void MeasureAverage(Run run, (LearnedOptimizer Optimizer, Racer Learned, Racer[] Designed, Racer Untrained) racers)
    {
        var best = racers.Designed.Min(r => r.Average);
        run.Measure("average", racers.Learned.Average / best, racers.Untrained.Average / best);
    }

    // Trains an optimizer on problems and lets it compete on fresh ones.
    static (LearnedOptimizer Optimizer, Racer Learned, Racer[] Designed, Racer Untrained) Compete(Run run, string title, Optimizee problem, Optimizee fresh, Plan plan)
    {
        var learned = new LearnedOptimizer(seed: run.SeedFor($"{title}, φ"));
        var race = new Race(fresh, plan.Steps, run.SeedFor($"{title}, unseen"), plan.Draws);
        var before = race.Run(Untrained, learned);
        Train(run, title, learned, problem, plan);
        var after = race.Run(Learned, learned);
        var designed = race.RunDesigned(plan.Rates);
        Racer[] all = [after, .. designed, before];
        run.Plot(Courses($"Minimizing: {title}", all));
        run.Table(
            $"Minimizing: {title}, {plan.Steps} steps",
            ["optimizer, rate", "f at the end", "average"],
            all.Select(r => (IReadOnlyList<string>)[r.Name, Verdict.Text(r.Final), Verdict.Text(r.Average)]));
        run.Save(learned.Network);
        return (learned, after, designed, before);
    }

    // Learns φ and keeps the one that ended lowest at a check (section 3).
    static void Train(Run run, string title, LearnedOptimizer learned, Optimizee problem, Plan plan)
    {
        var epochs = run.Epochs ?? plan.Epochs;
        Schedule rate = plan.Falls ? new CosineDecay(plan.Rate, epochs * (Horizon / Unroll)) : plan.Rate;
        var trainer = new MetaTrainer(learned, problem, new Adam(rate) { ClipNorm = 1 }, Unroll, Horizon);
        var random = run.Random($"{title}, functions");
        var check = new Race(problem, Horizon, run.SeedFor($"{title}, check"), plan.Draws);
        var (lowest, φ) = (double.PositiveInfinity, learned.Network.GetWeights());
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            run.Metric($"{title}/mean f", epoch, trainer.Epoch(random));
            if (epoch != epochs && epoch % Math.Max(1, epochs / plan.Checks) != 0) continue;
            var final = check.Run(Learned, learned).Final;
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{title}: f ends at {final:G4} after {epoch} epochs."));
            if (final < lowest) (lowest, φ) = (final, learned.Network.GetWeights());
        }

        learned.Network.SetWeights(φ);
    }

    static Plot Courses(string title, IEnumerable<Racer> racers)
    {
        var plot = new Plot(title).XAxis("step").YAxis("f", Scale.Logarithmic);
        foreach (var racer in racers) plot = plot.Line(racer.Name, racer.Course, dashed: racer.Name == Untrained);
        return plot;
    }
}
