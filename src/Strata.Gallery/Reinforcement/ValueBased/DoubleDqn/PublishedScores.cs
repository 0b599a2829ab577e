using System.Globalization;
using Strata.Reinforcement;

namespace Strata.Gallery.Reinforcement.ValueBased;

/// <summary>A game's scores in the tables of van Hasselt, Guez and Silver (2016).</summary>
/// <param name="Game">The name as printed.</param>
/// <param name="Random">Of random play.</param>
/// <param name="Human">Of a person.</param>
/// <param name="Dqn">Of DQN; null: not reported.</param>
/// <param name="DoubleDqn">Of Double DQN.</param>
/// <param name="Tuned">Of Double DQN in its tuned form; null: not reported.</param>
public sealed record PublishedScore(string Game, double Random, double Human, double? Dqn, double DoubleDqn, double? Tuned);

/// <summary>The raw scores of tables 3 and 5; tables 4 and 6 are these, normalized.</summary>
public static class PublishedScores
{
    /// <summary>Table 3: 49 games from no-op starts, five minutes.</summary>
    public static IReadOnlyList<PublishedScore> NoopStarts { get; } = Read("noop_starts.csv");

    /// <summary>Table 5: 57 games from human starts, thirty minutes.</summary>
    public static IReadOnlyList<PublishedScore> HumanStarts { get; } = Read("human_starts.csv");

    /// <summary>Median and mean of normalized scores in percent, games without a score left out.</summary>
    public static (double Median, double Mean) Summary(IEnumerable<(PublishedScore Score, double? Agent)> scores)
    {
        double[] shares =
        [
            .. scores.Where(s => s.Agent is not null).Select(s => 100 * ScoreNormalization.Normalized(s.Agent!.Value, s.Score.Random, s.Score.Human)).Order(),
        ];
        return ((shares[(shares.Length - 1) / 2] + shares[shares.Length / 2]) / 2, shares.Average());
    }

    static PublishedScore[] Read(string name)
    {
        using var stream = typeof(PublishedScores).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    static PublishedScore Parse(string line)
    {
        var cells = line.Split(',');
        return new PublishedScore(cells[0], Number(1)!.Value, Number(2)!.Value, Number(3), Number(4)!.Value, Number(5));

        double? Number(int i) => i < cells.Length && cells[i] != "" ? double.Parse(cells[i], CultureInfo.InvariantCulture) : null;
    }
}
