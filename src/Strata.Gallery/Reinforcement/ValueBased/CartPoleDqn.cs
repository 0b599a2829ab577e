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
        var trial = new CartPoleTrial(run, run.SeedFor("cart-pole judgment"));
        using var env = CartPoleTrial.Make();
        var trainer = new DqnTrainer(
            env,
            shape => new DqnAgent(
                () => QNetworks.Perceptron(2, run.SeedFor("cart-pole weights"), Activation.Relu, 64, 64), shape, DType.Float32, new Adam(5e-4), rule, run.SeedFor("cart-pole exploration")),
            settings,
            run.SeedFor("cart-pole episodes"));
        var policy = CartPoleTrial.Greedy(trainer.Agent.Network);
        var mean = trial.Train(
            title,
            () =>
            {
                trainer.Run(Stretch);
                return trainer.Steps;
            },
            policy,
            Stretches);
        trial.Show($"{title} after training, every fourth frame", policy);
        return (mean, trial.JudgeRandomPlay());
    }
}
