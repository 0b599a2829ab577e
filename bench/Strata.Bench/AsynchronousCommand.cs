using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Strata.Gallery;
using Strata.Gallery.Reinforcement.Asynchronous;
using Strata.Reinforcement;

namespace Strata.Bench;

/// <summary><c>asynchronous</c>: updates a second of the asynchronous methods on one thread and on two.</summary>
internal static class AsynchronousCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured, in all.", DefaultValueFactory = _ => 6 };
        var rounds = new Option<int>("--rounds") { Description = "In how many turns.", DefaultValueFactory = _ => 3 };
        var command = new Command("asynchronous", "Counts updates a second of the asynchronous methods on catch, 16 actors, on one thread and on two.") { seconds, rounds };
        command.SetAction(parsed =>
        {
            var table = new Table().AddColumns("method", "1 thread, updates/s", "2 threads, updates/s", "ratio", "twice the ratio by processor time");
            foreach (var (name, make) in Methods)
            {
                var trainers = new[] { make(1), make(2) };
                var (updates, time, processor) = (new long[2], new double[2], new double[2]);
                foreach (var trainer in trainers) trainer.Run(5000); // also lets the JIT's tiers settle
                for (var round = 0; round < parsed.GetValue(rounds); round++)
                {
                    for (var i = 0; i < 2; i++)
                    {
                        var (before, used, clock) = (trainers[i].Updates, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
                        while (clock.Elapsed.TotalSeconds < parsed.GetValue(seconds) / parsed.GetValue(rounds)) trainers[i].Run(trainers[i].Steps + 2000);
                        (updates[i], time[i]) = (updates[i] + trainers[i].Updates - before, time[i] + clock.Elapsed.TotalSeconds);
                        processor[i] += (Environment.CpuUsage.TotalTime - used).TotalSeconds;
                    }
                }

                var (one, two) = (updates[0] / time[0], updates[1] / time[1]);
                var undisturbed = 2 * (updates[1] / processor[1]) / (updates[0] / processor[0]); // what two processors that do nothing else would give, if nobody waits
                string[] cells = [one.ToString("N0", CultureInfo.InvariantCulture), two.ToString("N0", CultureInfo.InvariantCulture), .. new[] { two / one, undisturbed }.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture))];
                table.AddRow([name, .. cells]);
                Console.Error.WriteLine($"{name}: {string.Join(", ", cells)}");
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    static (string Name, Func<int, AsyncTrainer> Make)[] Methods =>
    [
        ("one-step Q", threads => AsyncValueRecipe.Trainer(Seeds, AsyncTarget.OneStepQ, threads)),
        ("one-step Sarsa", threads => AsyncValueRecipe.Trainer(Seeds, AsyncTarget.OneStepSarsa, threads)),
        ("n-step Q", threads => AsyncValueRecipe.Trainer(Seeds, AsyncTarget.NStepQ, threads)),
        ("A3C", threads => A3CRecipe.CatchTrainer(Seeds, threads)),
    ];

    static long Seeds(string purpose) => Run.SeedFor(1, purpose);
}
