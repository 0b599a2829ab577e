using Strata.Formats.Plots;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>DQN and Double DQN play a game from the same seeds, and their values are compared with the discounted returns that they really get.</summary>
internal sealed class GameTrial(Run run)
{
    /// <summary>The largest bias of Double DQN that the claim allows.</summary>
    public const double MostBias = 3.5;

    /// <summary>By how much DQN's must be larger.</summary>
    public const double Margin = 0.4;

    const int Steps = 40_000, Every = 10_000, Episodes = 30;

    static readonly DqnSettings settings = new()
    {
        Steps = Steps,
        Stack = 1,
        Capacity = 50_000,
        WarmUp = 1000,
        RefreshEvery = 500,
        Epsilon = new PolynomialDecay(1, 20_000, 0.1),
    };

    /// <summary>Trains both and measures.</summary>
    public void Compare()
    {
        var (dqn, twice) = (Train("DQN", TargetRule.Dqn), Train("Double DQN", TargetRule.DoubleDqn));
        var places = Enumerable.Range(1, Steps / Every).Select(k => (double)k * Every).ToArray();
        run.Plot(new Plot("Values and true discounted returns on Asterix").XAxis("step").YAxis("discounted return")
            .Line("DQN estimate", places, dqn.Select(p => p.Estimate))
            .Line("DQN return", places, dqn.Select(p => p.Return), dashed: true)
            .Line("Double DQN estimate", places, twice.Select(p => p.Estimate))
            .Line("Double DQN return", places, twice.Select(p => p.Return), dashed: true));
        run.Measure("game", twice[^1].Bias, dqn[^1].Bias);
    }

    OverestimationProbe[] Train(string title, TargetRule rule)
    {
        using var env = new Asterix();
        using var judged = new TimeLimit(new Asterix(), 1000);
        var trainer = new DqnTrainer(
            env,
            shape => new DqnAgent(() => QNetworks.Grid(5, run.SeedFor("game weights")), shape, DType.UInt8, new Adam(5e-4), rule, run.SeedFor("game exploration")),
            settings,
            run.SeedFor("game episodes"));
        var probes = new List<OverestimationProbe>();
        while (trainer.Steps < Steps)
        {
            trainer.Run(Every);
            probes.Add(OverestimationProbe.Run(judged, trainer.Agent, settings.Discount, Episodes, run.SeedFor("game judgment"), epsilon: 0.1));
            run.Metric($"{title} on Asterix/bias", trainer.Steps, probes[^1].Bias);
            run.Metric($"{title} on Asterix/return", trainer.Steps, trainer.MeanReturn());
        }

        run.Say($"{title} on Asterix: values of {probes[^1].Estimate:0.00} where returns are {probes[^1].Return:0.00}; score {trainer.MeanReturn():0.0}.");
        if (rule == TargetRule.DoubleDqn) run.Animation("Asterix played by Double DQN", Evaluator.Film(judged, e => trainer.Agent.Act(e.ObservationBytes, 0.05), run.SeedFor("film")), 8);
        return [.. probes];
    }
}
