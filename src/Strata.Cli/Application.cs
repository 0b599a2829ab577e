using System.CommandLine;
using Spectre.Console;
using Strata.Cli.Commands;

namespace Strata.Cli;

/// <summary>The <c>strata</c> command: its sub-commands, and what it says when something is wrong.</summary>
/// <remarks>Exit codes: 0 all went well; 1 a claim failed; 2 the input was wrong (one sentence on standard error); 130 interrupted.</remarks>
internal static class Application
{
    public const int Ok = 0;
    public const int ClaimFailed = 1;
    public const int BadInput = 2;
    public const int Interrupted = 130;

    /// <summary>Runs the command line and gives the exit code.</summary>
    public static int Run(string[] args)
    {
        // In a pipe or a file: plain characters, and lines as long as they are.
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(Console.Out) });
            AnsiConsole.Profile.Width = 160;
        }

        var root = new RootCommand("Strata: a deep-learning framework for .NET, and a gallery of the systems that made the field.")
        {
            ListCommand.Create(),
            InfoCommand.Create(),
            RunCommand.Create(),
            VerifyCommand.Create(),
            PlotCommand.Create(),
            DashboardCommand.Create(),
            ProfileCommand.Create(),
            PredictCommand.Create(),
            ConvertCommand.Create(),
            VisualizeCommand.Create(),
            ServeCommand.Create(),
            PerftCommand.Create(),
            PlayCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine($"strata: {error.Message}");
            Console.Error.WriteLine("'strata --help' and 'strata COMMAND --help' tell what fits.");
            return BadInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("strata: interrupted.");
            return Interrupted;
        }
        catch (Exception e) when (e is StrataException or FormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"strata: {e.Message}");
            return BadInput;
        }
    }
}
