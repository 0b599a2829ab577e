using Strata.Formats.Plots;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.Tabular;

/// <summary>The Bellman operator contracts, and what rests on that.</summary>
public sealed class ValueIterationRecipe : Recipe
{
    const double Discount = 0.9;
    const int Sweeps = 150;

    /// <inheritdoc/>
    public override string Id => "value-iteration";

    /// <inheritdoc/>
    public override string Title => "Value iteration";

    /// <inheritdoc/>
    public override Source Source => new("Bellman", 1957, "Dynamic Programming", "Princeton University Press");

    /// <inheritdoc/>
    public override string Summary =>
        "The optimality operator T brings any two tables of values closer by the factor γ, so that Q ← TQ ends at the one Q* that it leaves alone. Three random "
        + "processes show the speed and the bound on the error; with γ = 1 on a cycle the values grow without end.";

    /// <inheritdoc/>
    public override IReadOnlyList<Preset> Presets => [new("quick", "three random processes of 50 states, a second")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims(Preset preset, bool realData) =>
    [
        new("contraction", "The largest ratio of ‖Q_k − Q*‖ to γᵏ‖Q_0 − Q*‖ over all sweeps k", Bound.Max(1 + 1e-6), new("γ = 1 on a cycle: ‖Q_100‖", 90)),
        new("bound", "The largest ratio of ‖Q_k − Q*‖ to the bound γ/(1 − γ)·‖Q_k − Q_k−1‖", Bound.Max(1 + 1e-6)),
        new("policies", "Share of states in which value and policy iteration choose alike", Bound.Min(1)),
    ];

    /// <inheritdoc/>
    public override void Run(Run run)
    {
        var (contraction, bound, alike) = (0.0, 0.0, 1.0);
        var plot = new Plot("Distance to the optimum").XAxis("sweep k").YAxis("‖Q_k − Q*‖∞", Scale.Logarithmic);
        for (var i = 0; i < 3; i++)
        {
            var bellman = new BellmanOperator(GridWorlds.Garnet(50, 4, 5, run.SeedFor($"process {i}")), Discount);
            var best = DynamicProgramming.ValueIteration(bellman, 1e-13);
            var random = new NumpyRandom(run.SeedFor($"start {i}"));
            var q = Enumerable.Range(0, best.Length).Select(_ => 10 * random.Normal()).ToArray();
            var errors = Follow(bellman, q, best, ref contraction, ref bound);
            plot = plot.Line($"process {i + 1}", errors);
            var (policy, _) = DynamicProgramming.PolicyIteration(bellman);
            alike = Math.Min(alike, policy.Zip(bellman.Greedy(best), (a, b) => a == b ? 1.0 : 0).Average());
        }

        run.Plot(plot.Line("γᵏ", Enumerable.Range(0, Sweeps).Select(k => 40 * Math.Pow(Discount, k)), dashed: true));
        ShowRooms(run);
        run.Measure("contraction", contraction, Growth());
        run.Measure("bound", bound);
        run.Measure("policies", alike);
    }

    static double[] Follow(BellmanOperator bellman, double[] q, double[] best, ref double contraction, ref double bound)
    {
        var next = new double[q.Length];
        var errors = new double[Sweeps];
        errors[0] = BellmanOperator.Distance(q, best);
        for (var k = 1; k < Sweeps; k++)
        {
            bellman.Apply(q, next);
            var step = BellmanOperator.Distance(q, next);
            (q, next) = (next, q);
            errors[k] = BellmanOperator.Distance(q, best);
            if (errors[k] < 1e-9) continue; // from here on rounding is all there is
            contraction = Math.Max(contraction, errors[k] / (Math.Pow(Discount, k) * errors[0]));
            bound = Math.Max(bound, errors[k] / DynamicProgramming.ErrorBound(step, Discount));
        }

        return errors;
    }

    static double Growth()
    {
        var bellman = new BellmanOperator(GridWorlds.TwoStateCycle(), 1);
        double[] q = [0, 0], next = [0, 0];
        for (var k = 0; k < 100; k++)
        {
            bellman.Apply(q, next);
            (q, next) = (next, q);
        }

        return q.Max();
    }

    static void ShowRooms(Run run)
    {
        var bellman = new BellmanOperator(GridWorlds.TwoRoom(), 0.95);
        var q = DynamicProgramming.ValueIteration(bellman);
        var values = new double[5, 15];
        for (var s = 0; s < 75; s++) values[s / 15, s % 15] = bellman.Mdp.IsTerminal(s) ? double.NaN : bellman.Best(q, s);
        run.Plot(new Plot("V* of two rooms").HeatMap(values, "V*"));
        var policy = bellman.Greedy(q);
        run.Table("The best policy of two rooms", [.. Enumerable.Range(0, 15).Select(c => $"{c}")], Enumerable.Range(0, 5).Select(row =>
            (IReadOnlyList<string>)[.. Enumerable.Range(0, 15).Select(c => bellman.Mdp.IsTerminal((row * 15) + c) ? "" : "↑→↓←·"[policy[(row * 15) + c]].ToString())]));
    }
}
