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
        var trial = new CartPoleTrial(run.SeedFor("judgment"), run);
        var centered = new Course(run, "REINFORCE");
        var learner = Learner(run.SeedFor, heard: centered.Hear);
        var mean = trial.Train(learner);
        while (centered.IsOpen) learner.Train(); // solved before fifty episodes in a row were good
        var raw = new Course(run, "raw returns");
        var other = Learner(run.SeedFor, ReturnForm.Full, raw.Hear);
        while (raw.IsOpen) other.Train();
        trial.Show("An episode after training, every fourth frame", learner.Policy);
        run.Save(learner.Network);
        run.Measure("solved", mean, trial.JudgeRandomPlay());
        run.Measure("updates", centered.Reached, raw.Reached);
    }

    /// <summary>An untrained agent for CartPole-v1.</summary>
    /// <param name="seeds">Its seeds, by their purposes.</param>
    /// <param name="form">What scores are multiplied by.</param>
    /// <param name="heard">Told the episodes of each update.</param>
    internal static CartPoleLearner Learner(Func<string, long> seeds, ReturnForm form = ReturnForm.Standardized, Action<Episode[]>? heard = null)
    {
        const int Stretch = 5; // updates
        var policy = QNetworks.Perceptron(2, seeds("weights"), Activation.Tanh, 64);
        policy.BuildFor([4]);
        var learner = new Reinforce(policy, new Adam(0.01), form, 0.99, seeds("actions"));
        var env = CartPoleTrial.Make();
        var steps = 0L;
        return new CartPoleLearner("REINFORCE", policy, Train, Stretches: 40);

        long Train()
        {
            for (var i = 0; i < Stretch; i++)
            {
                var played = learner.Update(env, Plays, steps == 0 ? seeds("episodes") : null);
                steps += played.Sum(episode => episode.Length);
                heard?.Invoke(played);
            }

            return steps;
        }
    }

    /// <summary>The course of a training: how many updates it took to a mean return of 400.</summary>
    sealed class Course(Run run, string title)
    {
        readonly List<double> episodes = [];
        int updates;

        /// <summary>Updates until then; twice the bound if it was not reached.</summary>
        public int Reached { get; private set; } = 2 * Most;

        /// <summary>Whether there is more to wait for.</summary>
        public bool IsOpen => Reached == 2 * Most && updates < 2 * Most;

        public void Hear(Episode[] played)
        {
            updates++;
            episodes.AddRange(played.Select(episode => episode.Return));
            var recent = episodes.TakeLast(Window).Average();
            run.Metric($"{title}/return of the last {Window} episodes", updates, recent);
            if (recent >= 400 && episodes.Count >= Window) Reached = Math.Min(Reached, updates);
        }
    }
}
