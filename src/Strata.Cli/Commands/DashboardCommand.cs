using System.CommandLine;
using Spectre.Console;
using Strata.Cli.Dashboard;

namespace Strata.Cli.Commands;

/// <summary><c>strata dashboard [RUNS]</c>: a page on this machine that shows runs and follows those under way.</summary>
internal static class DashboardCommand
{
    public static Command Create()
    {
        var runs = new Argument<string>("RUNS") { Description = "The folder of runs.", DefaultValueFactory = _ => "runs" };
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => 6007 };
        var command = new Command("dashboard", "Shows runs in the browser, compares their curves and follows those under way. Nobody but this machine can see it.") { runs, port };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(port) is < 0 or > 65535) throw new StrataException($"--port: {parsed.GetValue(port)} was asked for; 0 to 65535 fit.");
            await using var server = await DashboardServer.StartAsync(parsed.GetRequiredValue(runs), parsed.GetValue(port), cancellation);
            AnsiConsole.WriteLine($"Dashboard of {server.Folder}: {server.Address} (end it with Ctrl+C)");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ended by the user: nothing went wrong.
            }

            return Application.Ok;
        });
        return command;
    }
}
