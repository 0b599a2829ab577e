using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>The deep Q-network learns from pixels, by replay and a target network.</summary>
public sealed class DqnRecipe : Recipe
{
    /// <inheritdoc/>
    public override string Id => "dqn";

    /// <inheritdoc/>
    public override string Title => "Deep Q-network";

    /// <inheritdoc/>
    public override Source Source => new("Mnih et al.", 2013, "Playing Atari with deep reinforcement learning", "arXiv:1312.5602; Nature 518 (2015)");

    /// <inheritdoc/>
    public override string Summary =>
        "A network learns from pixels what actions are worth. On a game of catch with a drifting ball it needs two pictures, not one, and transitions replayed in random "
        + "order, not the newest. CartPole-v1 is solved by the same agent.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets =>
    [
        new("quick", "catch on 10×10 pixels, 100,000 steps, and CartPole-v1"),
        new("paper", "Breakout for 50 million steps through Gymnasium and ale-py (--epochs: millions of steps)"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Deviations =>
    [
        "quick: Adam instead of RMSProp and a smaller network, for a game of 100 pixels.",
        "paper: the losses of a batch are summed, as the published code is said to do; the text does not say.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) => preset.Name == "paper"
        ? [new("score", "Breakout, best score as a share of a person's (paper: 13.3)", Bound.Min(5))]
        :
        [
            new("catch", "The mean return of the last 500 training episodes of catch (−1 … 1)", Bound.Min(0.65), new("one picture instead of two", 0.3)),
            new("replay", "The same after half of the steps", Bound.Min(0.2), new("the newest transitions instead of replayed ones", 0.25)),
            new("cart-pole", "The mean return over 100 episodes of CartPole-v1 (solved: 475)", Bound.Min(CartPoleTrial.Solved), new("random play", 400)),
        ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        if (run.Preset.Name == "paper")
        {
            run.Measure("score", new AtariPaper(run, TargetRule.Dqn).Train(PublishedScores.NoopStarts.Single(s => s.Game == "Breakout")));
            return;
        }

        var trial = new PixelTrial(run);
        var settings = PixelTrial.Settings;
        var trainer = trial.Prepare(TargetRule.Dqn, settings);
        trainer.Run(settings.Steps / 2);
        var half = trainer.MeanReturn(500);
        trainer.Run();
        run.Say($"DQN: the last 500 of {trainer.Episodes.Count:N0} episodes of catch returned {trainer.MeanReturn(500):0.00}.");
        var blind = trial.Train("one picture", TargetRule.Dqn, settings with { Stack = 1 });
        var newest = trial.Train("newest transitions", TargetRule.Dqn, settings with { LearnsFromNewest = true, Steps = settings.Steps / 2 });
        using var env = new FrameStack(new Catch(), settings.Stack);
        run.Animation("An episode of catch after training", Evaluator.Film(env, e => trainer.Agent.Act(e.ObservationBytes, 0), run.SeedFor("film")), 4);
        run.Save(trainer.Agent.Network);
        run.Measure("catch", trainer.MeanReturn(500), blind.MeanReturn(500));
        run.Measure("replay", half, newest.MeanReturn(500));
        var (mean, random) = CartPoleDqn.Train(run, "DQN", TargetRule.Dqn);
        run.Measure("cart-pole", mean, random);
    }
}
