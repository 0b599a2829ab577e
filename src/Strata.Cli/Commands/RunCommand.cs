using System.CommandLine;
using Spectre.Console;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary><c>strata run ID</c>: trains a system and checks its claims.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The system, as in 'strata list'." };
        var preset = new Option<string>("--preset") { Description = "The configuration: quick (generated data) or paper (as published, on real data).", HelpName = "quick|paper", DefaultValueFactory = _ => "quick" };
        var data = new Option<string?>("--data") { Description = "A folder with the real data set; without it the data are generated.", HelpName = "DIR" };
        var seed = new Option<long>("--seed") { Description = "The seed of everything random.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "The folder for the run; otherwise runs/ID-PRESET-SEED.", HelpName = "DIR" };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the training data, instead of the preset's.", HelpName = "N" };
        var command = new Command("run", "Trains a system and checks its claims; exits with 1 if one fails.") { id, preset, data, seed, output, epochs };
        command.SetAction(parsed =>
        {
            var recipe = Recipes.Get(parsed.GetRequiredValue(id));
            var options = new RunOptions
            {
                Preset = parsed.GetValue(preset)!,
                Seed = parsed.GetValue(seed),
                Data = parsed.GetValue(data),
                Directory = parsed.GetValue(output),
                Epochs = parsed.GetValue(epochs),
                Monitor = new ConsoleMonitor(),
            };
            AnsiConsole.WriteLine($"{recipe.Title} — {recipe.Source.Authors} {recipe.Source.Year}");
            var outcome = RecipeRunner.Run(recipe, options);
            AnsiConsole.Write(VerdictTable.Of(outcome.Verdicts));
            AnsiConsole.WriteLine($"{(outcome.Kept ? "All claims hold" : "A claim failed")}; {outcome.Elapsed.TotalSeconds:0.0} s; report: {Path.Combine(outcome.Directory, "report.html")}");
            return outcome.Kept ? Application.Ok : Application.ClaimFailed;
        });
        return command;
    }
}
