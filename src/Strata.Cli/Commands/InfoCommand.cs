using System.CommandLine;
using Spectre.Console;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary><c>strata info ID</c>: what a system is and what its run claims.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The system, as in 'strata list'." };
        var command = new Command("info", "Tells what a system is, its presets and its claims.") { id };
        command.SetAction(parsed =>
        {
            Write(Recipes.Get(parsed.GetRequiredValue(id)));
            return Application.Ok;
        });
        return command;
    }

    static void Write(Recipe recipe)
    {
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(recipe.Title)}[/] ({Markup.Escape(recipe.Id)})").LeftJustified());
        AnsiConsole.WriteLine(recipe.Summary);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine($"Source: {recipe.Source}");
        AnsiConsole.WriteLine();
        foreach (var preset in recipe.Presets)
        {
            AnsiConsole.WriteLine($"Preset {preset.Name}: {preset.Summary}");
            foreach (var claim in recipe.Claims(preset, realData: preset == Preset.Paper))
            {
                var control = claim.Control is { } c ? $"; control: {c.Name}, worse by at least {c.Margin}" : "";
                AnsiConsole.WriteLine($"  - {claim.Sentence}: {claim.Bound}{control}");
            }
        }

        if (recipe.Deviations.Count == 0) return;
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine("Where this differs from the paper:");
        foreach (var deviation in recipe.Deviations) AnsiConsole.WriteLine($"  - {deviation}");
    }
}
