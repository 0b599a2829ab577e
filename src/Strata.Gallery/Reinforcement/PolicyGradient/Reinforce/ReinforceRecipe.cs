using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.PolicyGradient;

/// <summary>REINFORCE balances a pole, and needs returns that are centered to do it soon.</summary>
public sealed class ReinforceRecipe : Recipe
{
    const int Plays = 10, Most = 60, Window = 50;

    /// <inheritdoc/>
    public override string Id => "reinforce";

    /// <inheritdoc/>
    public override string Title => "REINFORCE";

    /// <inheritdoc/>
    public override Source Source => new("Williams", 1992, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", "Machine Learning 8");

    /// <inheritdoc/>
    public override string Summary =>
        "A policy of 64 hidden units learns CartPole-v1 from the scores of its own actions alone. With returns shifted and scaled over a batch of ten plays it is learned in half "
        + "the updates that raw returns of whole plays leave it far from the goal.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets => [new("quick", "CartPole-v1, at most 150 updates of 10 plays")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("solved", "The mean return over 100 episodes of CartPole-v1 (solved: 475)", Bound.Min(CartPoleTrial.Solved), new("random play", 400)),
        new("updates", $"Updates until the last {Window} episodes return 400 on average", Bound.Max(Most), new("the whole return for every step, not centered", 20)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        var trial = new CartPoleTrial(run, run.SeedFor("judgment"));
        var policy = Policy(run);
        var (updates, mean) = Train(run, trial, "REINFORCE", policy, ReturnForm.Standardized, solve: true);
        var (slower, _) = Train(run, trial, "raw returns", Policy(run), ReturnForm.Full, solve: false);
        trial.Show("An episode after training, every fourth frame", CartPoleTrial.Greedy(policy));
        run.Save(policy);
        run.Measure("solved", mean, trial.JudgeRandomPlay());
        run.Measure("updates", updates, slower);
    }

    static Sequential Policy(Run run)
    {
        var policy = QNetworks.Perceptron(2, run.SeedFor("weights"), Activation.Tanh, 64);
        policy.BuildFor([4]);
        return policy;
    }

    static (int Updates, double Mean) Train(Run run, CartPoleTrial trial, string title, Sequential policy, ReturnForm form, bool solve)
    {
        using var env = CartPoleTrial.Make();
        var learner = new Reinforce(policy, new Adam(0.01), form, 0.99, run.SeedFor("actions"));
        var episodes = new List<double>();
        var (updates, reached, steps) = (0, 2 * Most, 0L);
        var mean = 0.0;
        if (!solve)
        {
            while (updates < 2 * Most && reached == 2 * Most) Once();
            return (reached, 0);
        }

        mean = trial.Train(
            title,
            () =>
            {
                for (var i = 0; i < 5; i++) Once();
                return steps;
            },
            CartPoleTrial.Greedy(policy),
            40);
        while (updates < Most && reached == 2 * Most) Once(); // solved before fifty episodes in a row were good
        return (reached, mean);

        void Once()
        {
            foreach (var episode in learner.Update(env, Plays, updates == 0 ? run.SeedFor("episodes") : null))
            {
                episodes.Add(episode.Return);
                steps += episode.Length;
            }

            updates++;
            var recent = episodes.TakeLast(Window).Average();
            run.Metric($"{title}/return of the last {Window} episodes", updates, recent);
            if (recent >= 400 && episodes.Count >= Window) reached = Math.Min(reached, updates);
        }
    }
}
