using Strata.Random;

namespace Strata.Reinforcement.Search;

/// <summary>When to give a game up: as soon as neither the position nor the best move is worth more than a threshold. A share of the games is
/// played to the end all the same and shows how often a player who would have resigned won; the threshold follows, so that this is rare
/// (Silver et al. 2017, Methods: under 5 %, 10 % played to the end). Threads may share one.</summary>
/// <param name="playedOut">The share of games that are played to the end.</param>
/// <param name="falsePositives">How many of those may be won by a player who would have resigned.</param>
public sealed class Resignation(double playedOut = 0.1, double falsePositives = 0.05)
{
    const int Least = 20, Remembered = 1000; // games
    readonly Lock gate = new();
    readonly Queue<double> lows = new();

    /// <summary>A player whose prospects are below this resigns; −1, which nothing is below, until enough games were played out.</summary>
    public double Threshold { get; private set; } = -1;

    /// <summary>Draws whether a game is to be played to the end.</summary>
    public bool PlaysOut(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.NextDouble() < playedOut;
    }

    /// <summary>Reports a game that was played to the end.</summary>
    /// <param name="winnersLow">The least that the winner's prospects ever were; 1 if nobody won.</param>
    public void Report(double winnersLow)
    {
        lock (gate)
        {
            lows.Enqueue(winnersLow);
            if (lows.Count > Remembered) lows.Dequeue();
            if (lows.Count < Least) return;
            var sorted = lows.Order().ToArray();
            Threshold = sorted[(int)(falsePositives * sorted.Length)]; // at most this share of winners fell below it
        }
    }
}
