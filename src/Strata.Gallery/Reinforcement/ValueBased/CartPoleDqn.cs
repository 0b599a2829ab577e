using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>CartPole-v1 learned by a value network of two hidden layers.</summary>
internal static class CartPoleDqn
{
    const int Stretch = 2000, Stretches = 100;

    static readonly DqnSettings settings = new()
    {
        Steps = Stretch * Stretches,
        Stack = 1,
        Capacity = 50_000,
        Batch = 64,
        WarmUp = 1000,
        LearnEvery = 1,
        RefreshEvery = 500,
        Epsilon = new PolynomialDecay(1, 8000, 0.02),
        ClipsRewards = false,
    };

    /// <summary>Trains an agent and gives its mean return over 100 episodes, and that of random play.</summary>
    public static (double Mean, double Random) Train(Run run, string title, TargetRule rule)
    {
        var trial = new CartPoleTrial(run.SeedFor("cart-pole judgment"), run);
        var learner = Learner(title, rule, run.SeedFor);
        var mean = trial.Train(learner);
        trial.Show($"{title} after training, every fourth frame", learner.Policy);
        return (mean, trial.JudgeRandomPlay());
    }

    /// <summary>An untrained agent.</summary>
    public static CartPoleLearner Learner(string title, TargetRule rule, Func<string, long> seeds)
    {
        var trainer = new DqnTrainer(
            CartPoleTrial.Make(),
            shape => new DqnAgent(
                () => QNetworks.Perceptron(2, seeds("cart-pole weights"), Activation.Relu, 64, 64), shape, DType.Float32, new Adam(5e-4), rule, seeds("cart-pole exploration")),
            settings,
            seeds("cart-pole episodes"));
        return new CartPoleLearner(title, trainer.Agent.Network, Train, Stretches);

        long Train()
        {
            trainer.Run(Stretch);
            return trainer.Steps;
        }
    }
}
