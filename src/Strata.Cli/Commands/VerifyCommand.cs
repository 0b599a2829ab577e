using System.CommandLine;
using Spectre.Console;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary><c>strata verify</c>: runs the quick presets of several systems on several seeds and writes one table.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("ID|FAMILY") { Description = "Systems or families (vision, vision/classification); all if none is named.", Arity = ArgumentArity.ZeroOrMore };
        var seeds = new Option<string>("--seeds") { Description = "The seeds, separated by commas.", HelpName = "11,12,13", DefaultValueFactory = _ => "11,12,13" };
        var json = new Option<string?>("--json") { Description = "A file for the results as JSON.", HelpName = "FILE" };
        var markdown = new Option<string?>("--write") { Description = "A file with a Markdown table (docs/results.md in the repository) whose rows of these systems and seeds are replaced, run by run.", HelpName = "FILE" };
        var command = new Command("verify", "Runs the quick presets on several seeds and checks every claim; exits with 1 if one fails.") { names, seeds, json, markdown };
        command.SetAction(parsed =>
        {
            var recipes = Recipes.Select(parsed.GetValue(names) ?? []);
            var results = new List<VerifiedRun>();
            foreach (var recipe in recipes)
                foreach (var seed in Seeds(parsed.GetValue(seeds)!))
                {
                    AnsiConsole.WriteLine($"{recipe.Id}, seed {seed}");
                    var outcome = RecipeRunner.Run(recipe, new RunOptions { Seed = seed, Monitor = new ConsoleMonitor() });
                    AnsiConsole.Write(VerdictTable.Of(outcome.Verdicts));
                    results.Add(new VerifiedRun(recipe, seed, outcome));
                    if (parsed.GetValue(markdown) is { } file) Results.AddToMarkdown(file, results[^1]);
                }

            if (parsed.GetValue(json) is { } jsonFile) Results.WriteJson(jsonFile, results);
            var failed = results.Count(r => !r.Outcome.Kept);
            AnsiConsole.WriteLine($"{results.Count - failed} of {results.Count} runs keep all their claims.");
            return failed == 0 ? Application.Ok : Application.ClaimFailed;
        });
        return command;
    }

    static long[] Seeds(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries).Select(s => long.TryParse(s, out var seed)
            ? seed
            : throw new StrataException($"--seeds: '{s}' is not a whole number; write as in --seeds 11,12,13.")),
    ];
}
