using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Strata.Reinforcement;

namespace Strata.Bench;

/// <summary><c>environments</c>: steps a second on one thread, beside Gymnasium's.</summary>
internal static class EnvironmentsCommand
{
    const int Burst = 20_000; // steps between two looks at the clock

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Environments; all if none is named.", Arity = ArgumentArity.ZeroOrMore };
        var gymnasium = new Option<string?>("--gymnasium") { Description = "A checkout of Gymnasium, to be measured beside.", HelpName = "DIR" };
        var python = new Option<string>("--python") { Description = "The Python that has NumPy.", DefaultValueFactory = _ => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3" };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured, in turns; the best counts.", DefaultValueFactory = _ => 3 };
        var command = new Command("environments", "Counts environments' steps a second with random actions, beside Gymnasium.") { names, gymnasium, python, rounds };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(names) ?? [];
            var table = new Table().AddColumns("environment", "Strata steps/s", "Gymnasium steps/s", "ratio");
            foreach (var name in Environments.Names.Where(n => chosen.Length == 0 || chosen.Contains(n)))
            {
                var (own, other) = (0.0, (double?)null);
                for (var round = 0; round < parsed.GetValue(rounds); round++)
                {
                    own = Math.Max(own, StepsPerSecond(name));
                    if (parsed.GetValue(gymnasium) is { } checkout && PeerStepsPerSecond(parsed.GetValue(python)!, checkout, name) is { } speed)
                        other = Math.Max(other ?? 0, speed);
                }

                table.AddRow(name, Text(own, "N0"), Text(other, "N0"), Text(own / other, "0.0"));
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    static double StepsPerSecond(string name)
    {
        using var env = Environments.Make(name);
        var random = new NumpyRandom(1);
        var count = (env.ActionSpace as Discrete)?.Count ?? 0;
        var action = new float[env.ActionSpace.Size];
        env.Reset(1);
        Steps();
        var clock = Stopwatch.StartNew();
        var bursts = 0;
        for (; clock.Elapsed.TotalSeconds < 0.5; bursts++) Steps();
        return bursts * (double)Burst / clock.Elapsed.TotalSeconds;

        void Steps()
        {
            for (var i = 0; i < Burst; i++)
            {
                if (count == 0) action.AsSpan().Fill((float)((2 * random.NextDouble()) - 1));
                if ((count > 0 ? env.Step(random.NextInt(count)) : env.Step(action)).Done) env.Reset();
            }
        }
    }

    static double? PeerStepsPerSecond(string python, string checkout, string name)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "gymnasium_steps.py");
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, ArgumentList = { script, name } };
        start.Environment["PYTHONPATH"] = checkout;
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out var speed) ? speed : null;
    }

    static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
