using System.CommandLine;
using Spectre.Console;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary><c>strata list</c>: the systems of the gallery.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Lists the systems of the gallery.");
        command.SetAction(_ =>
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "system", "family", "source");
            foreach (var recipe in Recipes.All)
                table.AddRow(
                    new Text(recipe.Id),
                    new Text(recipe.Title),
                    new Text(recipe.Family.Replace('.', '/')),
                    new Text($"{recipe.Source.Authors} {recipe.Source.Year}"));
            AnsiConsole.Write(table);
            return Application.Ok;
        });
        return command;
    }
}
