namespace Strata.Reinforcement;

/// <summary>Keeps the return and the length of each episode that ended.</summary>
/// <param name="inner">The environment.</param>
public sealed class EpisodeStatistics(Env inner) : Wrapper(inner)
{
    readonly List<Episode> episodes = [];
    double sum;
    int length;

    /// <summary>The episodes that ended, in order.</summary>
    public IReadOnlyList<Episode> Episodes => episodes;

    /// <summary>The mean return of the last episodes; NaN before the first.</summary>
    /// <param name="count">How many at most.</param>
    public double MeanReturn(int count = 100) => episodes.Count == 0 ? double.NaN : episodes.TakeLast(count).Average(e => e.Return);

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        (sum, length) = (0, 0);
        base.Begin(seed);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        var result = base.Advance(action);
        sum += result.Reward;
        length++;
        if (result.Done) episodes.Add(new Episode(sum, length));
        return result;
    }
}

/// <summary>What came of an episode.</summary>
/// <param name="Return">The sum of its rewards.</param>
/// <param name="Length">Its steps.</param>
public readonly record struct Episode(double Return, int Length);
