using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Optimization.Learned;

/// <summary>How an optimizer came down.</summary>
/// <param name="Name">Of the optimizer, with its learning rate if it was searched.</param>
/// <param name="Course">f before each step and after the last.</param>
public sealed record Racer(string Name, double[] Course)
{
    /// <summary>f after the last step; ∞ if it is no number any more.</summary>
    public double Final => double.IsFinite(Course[^1]) ? Course[^1] : double.PositiveInfinity;

    /// <summary>The mean of f over all steps.</summary>
    public double Average => Course.Average() is var mean && double.IsFinite(mean) ? mean : double.PositiveInfinity;
}

/// <summary>Lets optimizers minimize the same functions from the same beginnings.</summary>
/// <param name="problem">The functions.</param>
/// <param name="steps">How often each optimizer steps.</param>
/// <param name="seed">Of what is drawn.</param>
/// <param name="draws">How often functions are drawn; results are means.</param>
public sealed class Race(Optimizee problem, int steps, long seed, int draws = 1)
{
    /// <summary>The optimizers designed by hand, by name, as functions of a learning rate.</summary>
    public static IReadOnlyList<(string Name, Func<double, Optimizer> Make)> Designed { get; } =
    [
        ("SGD", rate => new SGD(rate)),
        ("momentum", rate => new SGD(rate, momentum: 0.9)),
        ("NAG", rate => new SGD(rate, momentum: 0.9, nesterov: true)),
        ("RMSProp", rate => new RMSProp(rate)),
        ("Adam", rate => new Adam(rate)),
    ];

    /// <summary>How one optimizer comes down.</summary>
    public Racer Run(string name, Optimizer optimizer) => new(name, problem.Minimize(optimizer, steps, new RandomStream(seed), draws));

    /// <summary>Those designed by hand, each with the learning rate that gives it the lowest end on these very functions.</summary>
    /// <param name="rates">The rates that are tried.</param>
    public Racer[] RunDesigned(params double[] rates) =>
        [.. Designed.Select(o => rates.Select(rate => Run($"{o.Name}, {Verdict.Text(rate)}", o.Make(rate))).MinBy(r => r.Final)!)];
}
