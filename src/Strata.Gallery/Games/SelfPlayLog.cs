using System.Globalization;

namespace Strata.Gallery.Games;

/// <summary>Writes the course of a training by self-play to a run.</summary>
internal static class SelfPlayLog
{
    const int Lines = 10; // a training

    public static void Write(Run run, string title, int rounds, SelfPlayRound round)
    {
        run.Metric($"{title}/value loss", round.Steps, round.ValueLoss);
        run.Metric($"{title}/policy loss", round.Steps, round.PolicyLoss);
        run.Metric($"{title}/plies of a game", round.Steps, round.Plies);
        run.Metric($"{title}/result of the first player", round.Steps, round.Result);
        if (round.Round % Math.Max(1, rounds / Lines) == 0)
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{title}: round {round.Round} of {rounds}, losses {round.ValueLoss:0.00} (value) and {round.PolicyLoss:0.00} (policy), {round.Plies:0.0} plies a game"));
    }
}
