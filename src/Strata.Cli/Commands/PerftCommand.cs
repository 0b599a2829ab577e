using System.CommandLine;

namespace Strata.Cli.Commands;

/// <summary><c>strata perft GAME</c>: counts positions.</summary>
internal static class PerftCommand
{
    public static Command Create()
    {
        var game = new Argument<string>("GAME") { Description = $"One of {string.Join(", ", Games.PerftCommand.Games)}." };
        var position = new Option<string?>("--position") { Description = "The position to begin with, in the game's notation (FEN, SFEN, SGF, …); otherwise the start.", HelpName = "TEXT" };
        var depth = new Option<int>("--depth") { Description = "How many moves deep.", HelpName = "N", Required = true };
        var command = new Command("perft", "Counts the positions a number of moves away, by first move.") { game, position, depth };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(depth) < 1) throw new StrataException($"--depth: {parsed.GetValue(depth)} was asked for; at least 1 is needed.");
            Games.PerftCommand.Run(parsed.GetRequiredValue(game), parsed.GetValue(position), parsed.GetValue(depth), Console.Out);
            return Application.Ok;
        });
        return command;
    }
}
