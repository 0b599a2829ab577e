using System.CommandLine;
using Spectre.Console;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary><c>strata profile ID</c>: where the time of a system's training steps goes.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The system, as in 'strata list'." };
        var steps = new Option<int>("--steps") { Description = "How many training steps to measure.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var warmUp = new Option<int>("--warm-up") { Description = "How many steps to run before.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var rows = new Option<int>("--top") { Description = "How many rows to show.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var preset = new Option<string>("--preset") { Description = "The configuration: quick (generated data) or paper (as published, on real data).", HelpName = "quick|paper", DefaultValueFactory = _ => "quick" };
        var data = new Option<string?>("--data") { Description = "A folder with the real data set; without it the data are generated.", HelpName = "DIR" };
        var seed = new Option<long>("--seed") { Description = "The seed of everything random.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var json = new Option<string?>("--json") { Description = "A file for the profile as JSON.", HelpName = "FILE" };
        var command = new Command("profile", "Runs a system's first training steps and shows time and bytes by operation.") { id, steps, warmUp, rows, preset, data, seed, json };
        command.SetAction(parsed =>
        {
            var recipe = Recipes.Get(parsed.GetRequiredValue(id));
            if (parsed.GetValue(steps) < 1) throw new StrataException($"--steps: {parsed.GetValue(steps)} was asked for; at least 1 is needed.");
            var folder = Directory.CreateTempSubdirectory("strata-profile-");
            var monitor = new ProfileMonitor(parsed.GetValue(warmUp), parsed.GetValue(steps));
            try
            {
                RecipeRunner.Run(recipe, new RunOptions { Preset = parsed.GetValue(preset)!, Seed = parsed.GetValue(seed), Data = parsed.GetValue(data), Directory = folder.FullName, Monitor = monitor });
            }
            catch (ProfileMonitor.MeasuredException)
            {
                // As many steps as wanted.
            }
            finally
            {
                monitor.Profiler?.Dispose();
                folder.Delete(recursive: true);
            }

            if (monitor.Profiler is not { Runs: > 0 } profiler)
                throw new StrataException($"profile: '{recipe.Id}' ended before step {parsed.GetValue(warmUp) + 1}, or trains without compiled steps; there is nothing to show.");
            AnsiConsole.WriteLine($"{recipe.Title}: {monitor.Measured} training steps, {monitor.Elapsed.TotalMilliseconds / monitor.Measured:0.00} ms each");
            Console.Out.WriteLine(profiler.ToString(parsed.GetValue(rows)));
            if (parsed.GetValue(json) is { } file) File.WriteAllText(file, profiler.ToJson());
            return Application.Ok;
        });
        return command;
    }
}
