using System.CommandLine;
using Strata.Gallery.Games;

namespace Strata.Cli.Commands;

/// <summary><c>strata play GAME</c>: an engine on standard input and output.</summary>
internal static class PlayCommand
{
    public static Command Create()
    {
        var game = new Argument<string>("GAME") { Description = $"One of {string.Join(", ", Games.PlayCommand.Games)}." };
        var model = new Option<string?>("--model") { Description = "A run that trained a network for the game, or its model.strata; without it the engine searches without a network.", HelpName = "RUN" };
        var command = new Command("play", "Plays a game over its protocol (UCI for chess, USI for shogi, GTP for Go) on standard input and output.") { game, model };
        command.SetAction(parsed =>
        {
            GameEngine.Run(parsed.GetRequiredValue(game), parsed.GetValue(model), Console.In, Console.Out);
            return Application.Ok;
        });
        return command;
    }
}
