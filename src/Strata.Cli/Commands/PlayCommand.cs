using System.CommandLine;

namespace Strata.Cli.Commands;

/// <summary><c>strata play GAME</c>: an engine on standard input and output.</summary>
internal static class PlayCommand
{
    public static Command Create()
    {
        var game = new Argument<string>("GAME") { Description = $"One of {string.Join(", ", Games.PlayCommand.Games)}." };
        var command = new Command("play", "Plays a game over its protocol (UCI for chess, USI for shogi, GTP for Go) on standard input and output.") { game };
        command.SetAction(parsed =>
        {
            Games.PlayCommand.Run(parsed.GetRequiredValue(game), Console.In, Console.Out);
            return Application.Ok;
        });
        return command;
    }
}
