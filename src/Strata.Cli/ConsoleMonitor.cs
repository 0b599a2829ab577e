using Spectre.Console;
using Strata.Gallery;
using Strata.Nn;

namespace Strata.Cli;

/// <summary>Shows a run on the console: a heading for each training and the library's progress bar below it.</summary>
internal sealed class ConsoleMonitor : IMonitor
{
    public Callback Watch(string title)
    {
        AnsiConsole.WriteLine($"Training: {title}");
        return new ProgressBar();
    }

    public void Say(string text) => AnsiConsole.WriteLine(text);
}
