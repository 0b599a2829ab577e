using Strata.Formats.Plots;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>The maximum of estimates is too large; Double DQN chooses by one network and judges by another.</summary>
public sealed class DoubleDqnRecipe : Recipe
{
    const int States = 1201;

    // The means printed above the plots of figure 2: one maximum, double estimate.
    static readonly (double Single, double Double)[] printed = [(0.61, -0.02), (0.47, 0.02), (3.35, -0.02)];

    /// <inheritdoc/>
    public override string Id => "double-dqn";

    /// <inheritdoc/>
    public override string Title => "Double DQN";

    /// <inheritdoc/>
    public override Source Source => new("van Hasselt, Guez, Silver", 2015, "Deep reinforcement learning with double Q-learning", "arXiv:1509.06461; AAAI 2016");

    /// <inheritdoc/>
    public override string Summary =>
        "Both theorems on the bias of the maximum and both figures of the paper, and then the bias itself: in a table, in a network that has nothing to learn, and in agents that "
        + "play a game, whose values are compared with the returns they really get. Double DQN's is smaller each time. The published scores are in the tables.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "the theorems, the figures, a table, noise, a game of 10×10 cells, and CartPole-v1"),
        new("paper", "Asterix with DQN, Double DQN and its tuned form, 50 million steps each, through Gymnasium and ale-py (--epochs: millions of steps)"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "quick: the agents play a game of 10×10 cells (MinAtar's rules) in place of Atari, with Adam and a smaller network.",
        "paper: human starts are taken from episodes of the trained agent, since those of the paper were never published.",
        "Normalization: (agent − random)/|human − random|; the paper prints no magnitude, but its tables need it for Video Pinball.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ?
        [
            new("score", "Asterix from no-op starts: Double DQN's best score as a share of a person's (paper: 1.80)", Bound.Min(0.9), new("DQN", 0.2)),
            new("tuned", "Asterix from human starts: the tuned form's share (paper: 2.26)", Bound.Min(1)),
        ]
        :
        [
            new("theorem-1", "The least excess of the largest of random errors over √(C/(m − 1)), 10,000 draws", Bound.Min(-1e-9)),
            new("theorem-2", "The largest distance of drawn means from (m − 1)/(m + 1), m = 2, 10, 18", Bound.Max(0.01)),
            new("figure-1", "The bias of the double estimate over 2 … 1,024 actions, mean of magnitudes", Bound.Max(0.25), new("one estimate", 1.5)),
            new("figure-2", "The largest distance of the six mean biases of figure 2 from the printed ones", Bound.Max(0.005)),
            new("table", "The share of wrong ways in episodes 1–50 of the table example, Double Q-learning", Bound.Max(0.4), new("Q-learning", 0.3)),
            new("noise", "The value learned where all true values are 0, Double DQN", Bound.Max(0.3), new("DQN", 0.15)),
            new("game", "Value less true discounted return on a game, Double DQN", Bound.Max(GameTrial.MostBias), new("DQN", GameTrial.Margin)),
            new("cart-pole", "The mean return over 100 episodes of CartPole-v1 (solved: 475)", Bound.Min(CartPoleTrial.Solved), new("random play", 400)),
        ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        ShowPublished(run);
        if (run.Preset.Name == "paper")
        {
            RunPaper(run);
            return;
        }

        Theorems(run);
        Figure1(run);
        Figure2(run);
        TableExample(run);
        run.Measure("noise", NoisyProcess.MeanValue(run, TargetRule.DoubleDqn), NoisyProcess.MeanValue(run, TargetRule.Dqn));
        new GameTrial(run).Compare();
        var (mean, random) = CartPoleDqn.Train(run, "Double DQN", TargetRule.DoubleDqn);
        run.Measure("cart-pole", mean, random);
    }

    static void RunPaper(Run run)
    {
        var noop = PublishedScores.NoopStarts.Single(s => s.Game == "Asterix");
        var human = PublishedScores.HumanStarts.Single(s => s.Game == "Asterix");
        run.Measure("score", new AtariPaper(run, TargetRule.DoubleDqn).Train(noop), new AtariPaper(run, TargetRule.Dqn).Train(noop));
        run.Measure("tuned", new AtariPaper(run, TargetRule.DoubleDqn, tuned: true).Train(human, humanStarts: true));
    }

    static void Theorems(Run run)
    {
        var random = new NumpyRandom(run.SeedFor("theorems"));
        var least = double.PositiveInfinity;
        for (var i = 0; i < 10_000; i++)
        {
            var (m, c) = (2 + random.NextInt(30), random.Uniform(0.1, 4));
            least = Math.Min(least, Overestimation.Constrained(m, c, random).Max() - Overestimation.LowerBound(m, c));
        }

        run.Measure("theorem-1", least);
        run.Measure("theorem-2", new[] { 2, 10, 18 }.Max(m => Math.Abs(Overestimation.UniformBiasByDrawing(m, 100_000, random) - Overestimation.UniformBias(m))));
    }

    static void Figure1(Run run)
    {
        var random = new NumpyRandom(run.SeedFor("figure 1"));
        var counts = Enumerable.Range(1, 10).Select(k => 1 << k).ToArray();
        var biases = counts.Select(m => Overestimation.NormalBias(m, 100, random)).ToArray();
        run.Plot(new Plot("Figure 1: bias of the estimate of max Q").XAxis("number of actions", Scale.Logarithmic).YAxis("error")
            .Line("max_a Q(s, a) − V*(s)", counts, biases.Select(b => b.Single), markers: true)
            .Line("Q'(s, argmax_a Q(s, a)) − V*(s)", counts, biases.Select(b => b.Double), markers: true)
            .Line("expected", counts, counts.Select(Overestimation.ExpectedNormalMaximum), dashed: true));
        run.Measure("figure-1", biases.Average(b => Math.Abs(b.Double)), biases.Average(b => Math.Abs(b.Single)));
    }

    static void Figure2(Run run)
    {
        var states = PolynomialExperiment.States(States);
        var (furthest, rows) = (0.0, new List<IReadOnlyList<string>>());
        for (var row = 0; row < printed.Length; row++)
        {
            var experiment = PolynomialExperiment.Rows[row];
            var (single, twice) = experiment.Biases(states);
            var estimates = experiment.Estimates(states);
            var name = $"{experiment.Name}, degree {experiment.Degree}";
            run.Plot(new Plot($"Figure 2: one estimate, {name}").XAxis("state").YAxis("value", min: -3, max: 4)
                .Line("V*", states, states.Select(experiment.Worth)).Line("Q(s, a₂)", states, estimates[1]).Scatter("samples", PolynomialExperiment.Samples(2), PolynomialExperiment.Samples(2).Select(experiment.Worth)));
            var all = new Plot($"Figure 2: all estimates, {name}").XAxis("state").YAxis("value", min: -3, max: 4);
            foreach (var estimate in estimates) all = all.Line("", states, estimate);
            run.Plot(all.Line("max_a Q", states, single.Zip(states, (b, s) => b + experiment.Worth(s)), dashed: true));
            run.Plot(new Plot($"Figure 2: bias, {name}").XAxis("state").YAxis("error", min: -1, max: row == 2 ? 4 : 2).Line("max_a Q − V*", states, single).Line("double estimate − V*", states, twice).Level("0", 0));
            furthest = Math.Max(furthest, Math.Max(Math.Abs(single.Average() - printed[row].Single), Math.Abs(twice.Average() - printed[row].Double)));
            rows.Add([name, Verdict.Text(single.Average()), Verdict.Text(printed[row].Single), Verdict.Text(twice.Average()), Verdict.Text(printed[row].Double)]);
        }

        run.Table("Figure 2: mean bias over the states", ["function", "one estimate", "printed", "double estimate", "printed"], rows);
        run.Measure("figure-2", furthest);
    }

    static void TableExample(Run run)
    {
        var (q, twice) = (DoubleQExample.LeftShare(twice: false, 1000, 300, run.SeedFor("table")), DoubleQExample.LeftShare(twice: true, 1000, 300, run.SeedFor("table")));
        run.Plot(new Plot("The wrong way in the table example").XAxis("episode").YAxis("share of runs", min: 0, max: 1).Line("Q-learning", q).Line("Double Q-learning", twice).Level("unavoidable", 0.05));
        run.Measure("table", twice[..50].Average(), q[..50].Average());
    }

    static void ShowPublished(Run run)
    {
        var games = PublishedScores.NoopStarts;
        var columns = new[] { "", "median", "mean" };
        run.Table("Published scores, % of a person's", columns,
        [
            Row("no-op starts, DQN", games.Select(s => (s, s.Dqn))),
            Row("no-op starts, Double DQN", games.Select(s => (s, (double?)s.DoubleDqn))),
            Row("human starts, DQN", PublishedScores.HumanStarts.Select(s => (s, s.Dqn))),
            Row("human starts, Double DQN", PublishedScores.HumanStarts.Where(s => s.Dqn is not null).Select(s => (s, (double?)s.DoubleDqn))),
            Row("human starts, Double DQN tuned", PublishedScores.HumanStarts.Where(s => s.Dqn is not null).Select(s => (s, s.Tuned))),
        ]);

        static IReadOnlyList<string> Row(string name, IEnumerable<(PublishedScore Score, double? Agent)> scores)
        {
            var (median, mean) = PublishedScores.Summary(scores);
            return [name, Verdict.Text(median), Verdict.Text(mean)];
        }
    }
}
