using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Strata.Gallery;
using Strata.Gallery.Reinforcement;

namespace Strata.Bench;

/// <summary><c>cartpole</c>: whether the agents solve CartPole-v1 on each of some seeds, and how long it takes them.</summary>
internal static class CartPoleCommand
{
    const double Limit = 180; // seconds of processor time, which is what a training takes on one thread of a machine that does nothing else

    public static Command Create()
    {
        var seeds = new Option<string>("--seeds") { Description = "Seeds, separated by commas.", DefaultValueFactory = _ => "11,12,13,14,15" };
        var agents = new Argument<string[]>("AGENT") { Description = "Agents by name (dqn, double-dqn, reinforce, a3c); all if none is named.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("cartpole", "Trains agents on CartPole-v1: solved with a mean return of 475 over 100 episodes within three minutes.") { agents, seeds };
        command.SetAction(parsed =>
        {
            var numbers = parsed.GetValue(seeds)!.Split(',').Select(s => long.Parse(s, CultureInfo.InvariantCulture)).ToArray();
            var chosen = parsed.GetValue(agents) ?? [];
            var table = new Table().AddColumns(["agent", .. numbers.Select(s => $"seed {s}"), "solved"]);
            foreach (var (title, make) in CartPoleLearner.All.Where(a => chosen.Length == 0 || chosen.Contains(a.Title.ToLowerInvariant().Replace(' ', '-'))))
            {
                var solved = 0;
                string[] cells = [.. numbers.Select(seed => Cell(title, make, seed, ref solved))];
                table.AddRow([title, .. cells, $"{solved} of {numbers.Length}"]);
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    /// <summary>The mean return over 100 episodes that had no part in ending the training, and the processor seconds that the training took.</summary>
    static string Cell(string title, CartPoleLearner.Maker make, long seed, ref int solved)
    {
        var before = Environment.CpuUsage.TotalTime;
        var learner = make(purpose => Run.SeedFor(seed, purpose));
        new CartPoleTrial(Run.SeedFor(seed, "cart-pole judgment")).Train(learner);
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var mean = new CartPoleTrial(Run.SeedFor(seed, "cart-pole examination")).Judge(learner.Policy, CartPoleTrial.Episodes);
        var passed = mean >= CartPoleTrial.Solved && seconds <= Limit;
        if (passed) solved++;
        var text = string.Create(CultureInfo.InvariantCulture, $"{mean:0.0} in {seconds:0} s{(passed ? "" : ", not solved")}");
        Console.Error.WriteLine($"{title}, seed {seed}: {text}");
        return text;
    }
}
