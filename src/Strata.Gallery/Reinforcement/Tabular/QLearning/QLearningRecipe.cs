using Strata.Formats.Plots;
using Strata.Nn;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.Tabular;

/// <summary>Q-learning learns the best way while it walks another; Sarsa learns the way it walks.</summary>
public sealed class QLearningRecipe : Recipe
{
    const int Runs = 6, Episodes = 500, ChainRuns = 10;

    /// <inheritdoc/>
    public override string Id => "q-learning";

    /// <inheritdoc/>
    public override string Title => "Q-learning and Sarsa";

    /// <inheritdoc/>
    public override Source Source => new("Watkins", 1989, "Learning from delayed rewards", "PhD thesis, Cambridge");

    /// <inheritdoc/>
    public override string Summary =>
        "On a cliff Q-learning finds the shortest way along the edge, and falls while it explores; Sarsa, which reckons with its own exploration, keeps away. On a chain with "
        + "a small reward at its beginning only an agent that explores finds the large one at the end.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets => [new("quick", "6 runs on the cliff and 10 on the chain, a second")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("greedy", "The least return of the greedy way that Q-learning has found on the cliff, of 6 runs (the best is −13)", Bound.Min(-13)),
        new("online", "The mean return of Sarsa while it explores, last 100 episodes", Bound.Min(-32), new("Q-learning", 5)),
        new("chain", "Share of 10 runs that learn to walk to the end of the chain, ε from 1 to .1", Bound.Min(0.8), new("ε = 0", 0.7)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        var (least, online, sarsa) = (0.0, 0.0, 0.0);
        double[] watched = new double[Episodes], careful = new double[Episodes];
        for (var i = 0; i < Runs; i++)
        {
            var (q, returns) = Walk(onPolicy: false, run.SeedFor($"cliff {i}"));
            var (_, others) = Walk(onPolicy: true, run.SeedFor($"cliff {i}"));
            least = Math.Min(least, GreedyReturn(q));
            online += returns[^100..].Average() / Runs;
            sarsa += others[^100..].Average() / Runs;
            for (var e = 0; e < Episodes; e++) (watched[e], careful[e]) = (watched[e] + (returns[e] / Runs), careful[e] + (others[e] / Runs));
        }

        run.Plot(new Plot("Return on the cliff").XAxis("episode").YAxis("return", min: -120, max: 0).Line("Q-learning", watched, smoothing: 0.9).Line("Sarsa", careful, smoothing: 0.9).Level("best", -13));
        run.Measure("greedy", least);
        run.Measure("online", sarsa, online);
        run.Measure("chain", ChainShare(run, new PolynomialDecay(1, 200, 0.1)), ChainShare(run, 0.0));
    }

    static (TabularQ Q, double[] Returns) Walk(bool onPolicy, long seed)
    {
        const double Epsilon = 0.1, Rate = 0.5;
        var env = new FiniteMdpEnv(GridWorlds.Cliff());
        var (q, random) = (new TabularQ(48, 4, 1), new NumpyRandom(seed));
        var returns = new double[Episodes];
        for (var e = 0; e < Episodes; e++)
        {
            env.Reset(e == 0 ? seed : null);
            var action = q.Act(env.State, Epsilon, random);
            StepResult result;
            do
            {
                var state = env.State;
                result = env.Step(action);
                var next = q.Act(env.State, Epsilon, random);
                if (onPolicy) q.Sarsa(state, action, result.Reward, env.State, next, result.Terminated, Rate);
                else q.QLearning(state, action, result.Reward, env.State, result.Terminated, Rate);
                returns[e] += result.Reward;
                action = next;
            }
            while (!result.Done);
        }

        return (q, returns);
    }

    static double GreedyReturn(TabularQ q)
    {
        var (env, random, sum) = (new FiniteMdpEnv(GridWorlds.Cliff()), new NumpyRandom(0), 0.0);
        env.Reset(0);
        for (var t = 0; t < 100; t++)
        {
            var result = env.Step(q.Act(env.State, 0, random));
            sum += result.Reward;
            if (result.Done) return sum;
        }

        return sum;
    }

    static double ChainShare(Run run, Schedule epsilon)
    {
        const int Length = 6;
        var learned = 0;
        for (var i = 0; i < ChainRuns; i++)
        {
            var env = new TimeLimit(new FiniteMdpEnv(GridWorlds.Chain(Length)), 30);
            var chain = (FiniteMdpEnv)env.Inner;
            var (q, random) = (new TabularQ(Length + 1, 2, 0.95), new NumpyRandom(run.SeedFor($"chain {i}")));
            for (var e = 0; e < 400; e++)
            {
                env.Reset(e == 0 ? i : null);
                StepResult result;
                do
                {
                    var state = chain.State;
                    // Ties go to "back": an agent that does not explore would else find the end by chance.
                    var action = random.Chance(epsilon.At(e)) ? random.NextInt(2) : q.Of(state)[1] > q.Of(state)[0] ? 1 : 0;
                    result = env.Step(action);
                    q.QLearning(state, action, result.Reward, chain.State, result.Terminated, 0.2);
                }
                while (!result.Done);
            }

            if (Enumerable.Range(0, Length).All(s => q.Of(s)[1] > q.Of(s)[0])) learned++;
        }

        return (double)learned / ChainRuns;
    }
}
