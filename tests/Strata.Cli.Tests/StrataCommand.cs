using System.Diagnostics;

namespace Strata.Cli.Tests;

/// <summary>Runs the command as a person does: in a process of its own, in a folder of its own.</summary>
public sealed class StrataCommand : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("strata-").FullName;

    public sealed record Answer(int ExitCode, string Output, string Error);

    public Answer Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer(process.ExitCode, output, error.Result);
    }

    /// <summary>Starts the command and does not wait for its end.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Strata.Cli.dll"), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0"; // short runs
        return Process.Start(start)!;
    }

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
