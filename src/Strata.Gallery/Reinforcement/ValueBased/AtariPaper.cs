using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>The published training of value-based agents on an Atari game, through an outside environment.</summary>
/// <param name="run">The run.</param>
/// <param name="rule">What the agent is taught.</param>
/// <param name="tuned">Whether in the form tuned for Double DQN: copies every 30,000 steps, ε = .01 (.001 in evaluation), one bias for all outputs.</param>
internal sealed class AtariPaper(Run run, TargetRule rule, bool tuned = false)
{
    const long EvaluateEvery = 1_000_000;
    const int EvaluationFrames = 500_000; // 125,000 steps of 4 frames

    /// <summary>How the agent is trained: the defaults are the published numbers.</summary>
    public static DqnSettings Settings(bool tuned) => new DqnSettings
    {
        RefreshEvery = tuned ? 30_000 : 10_000,
        Epsilon = new PolynomialDecay(1, 1_000_000, tuned ? 0.01 : 0.1),
    };

    /// <summary>Trains on one game and gives the best score of an evaluation, as a share of a person's.</summary>
    /// <param name="score">The published scores of random play and of a person.</param>
    /// <param name="humanStarts">Whether the best agent is judged from starts in the middle of episodes.</param>
    public double Train(PublishedScore score, bool humanStarts = false)
    {
        var id = "ALE/" + new string([.. score.Game.Where(char.IsLetterOrDigit)]) + "-v5";
        var arguments = new Dictionary<string, object> { ["frameskip"] = 1, ["repeat_action_probability"] = 0.0, ["full_action_space"] = false };
        using var env = Atari.Preprocess(RemoteEnv.Gymnasium(id, arguments));
        using var judged = new FrameStack(Atari.Preprocess(RemoteEnv.Gymnasium(id, arguments)), 4);
        var settings = Settings(tuned) with { Steps = run.Epochs is { } epochs ? epochs * EvaluateEvery : 50_000_000 };
        var actions = ((Discrete)env.ActionSpace).Count;
        var trainer = new DqnTrainer(
            env,
            shape => new DqnAgent(
                () => QNetworks.Nature(actions, run.SeedFor("weights"), tuned), shape, DType.UInt8, new CenteredRmsProp(), rule, run.SeedFor("exploration")) { SumsLosses = true },
            settings,
            run.SeedFor("episodes"));
        var best = double.NegativeInfinity;
        Tensor[] kept = [];
        while (trainer.Steps < settings.Steps)
        {
            trainer.Run(Math.Min(EvaluateEvery, settings.Steps - trainer.Steps));
            var (reached, estimate) = Evaluate(judged, trainer.Agent);
            run.Metric($"{score.Game}/score", trainer.Steps, reached);
            run.Metric($"{score.Game}/value estimate", trainer.Steps, estimate);
            if (reached <= best) continue;
            best = reached;
            run.Save(trainer.Agent.Network);
            if (humanStarts) kept = trainer.Agent.Network.GetWeights();
        }

        if (humanStarts)
        {
            trainer.Agent.Network.SetWeights(kept);
            best = FromHumanStarts(id, arguments, trainer.Agent);
        }

        return ScoreNormalization.Normalized(best, score.Random, score.Human);
    }

    // 100 starts and 30 minutes of 60 frames a second, as Nair et al. (2015).
    double FromHumanStarts(string id, Dictionary<string, object> arguments, DqnAgent agent)
    {
        using var game = new FrameStack(Atari.Preprocess(RemoteEnv.Gymnasium(id, arguments), noops: 0, frames: int.MaxValue), 4);
        var starts = HumanStarts.Record(game, env => agent.Act(env.ObservationBytes, 0.05), 100, run.SeedFor("starts"), most: 1000);
        using var env = new TimeLimit(new HumanStarts(game, starts), 108_000 / 4);
        return Evaluator.Run(env, e => agent.Act(e.ObservationBytes, tuned ? 0.001 : 0.05), starts.Length, 0).Mean;
    }

    (double Score, double Estimate) Evaluate(Env env, DqnAgent agent)
    {
        var (sum, steps, scores) = (0.0, 0, new List<double>());
        while (steps < EvaluationFrames / 4)
        {
            env.Reset(steps == 0 ? run.SeedFor("evaluation") : null);
            var score = 0.0;
            StepResult result;
            do
            {
                var action = agent.Act(env.ObservationBytes, tuned ? 0.001 : 0.05, out var value);
                result = env.Step(action);
                score += result.Reward;
                sum += value; // (1/T) Σ max_a Q(S_t, a; θ)
                steps++;
            }
            while (!result.Done);
            scores.Add(score);
        }

        return (scores.Average(), sum / steps);
    }
}
