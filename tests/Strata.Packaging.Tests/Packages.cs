using System.Diagnostics;
using System.Reflection;

namespace Strata.Packaging.Tests;

/// <summary>Packs everything once into a folder of its own, and a place outside the repository for those who use the packages.</summary>
public sealed class Packages : IDisposable
{
    static readonly string repository = Repository();

    public Packages()
    {
        Directory.CreateDirectory(Feed);
        // What the packages are installed into; packages from elsewhere are taken from where they are already.
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="installed" /></config>
              <packageSources><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders>{(Directory.Exists(known) ? $"<add key=\"known\" value=\"{known}\" />" : "")}</fallbackPackageFolders>
            </configuration>
            """);
        var configuration = typeof(Packages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (var project in (string[])["packaging/Strata", "packaging/Strata.Gallery", "packaging/Strata.Serving", "src/Strata.Cli"])
            Run(repository, "pack", project, "--no-build", "-c", configuration, "-o", Feed);
    }

    /// <summary>A folder outside the repository.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("strata-packages-").FullName;

    /// <summary>The packages.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    public static string Readme => File.ReadAllText(Path.Combine(repository, "README.md"));

    /// <summary>Runs the SDK's command, which must end well.</summary>
    /// <returns>What it wrote.</returns>
    public string Run(string folder, params string[] arguments)
    {
        var own = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return Start(own, folder, arguments);
    }

    /// <summary>Runs a program, which must end well.</summary>
    /// <returns>What it wrote.</returns>
    public string Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The settings of the build that runs the tests are not those of another one.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || n is "NUGET_PACKAGES").ToArray()) start.Environment.Remove(name);
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{error.Result}");
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Strata.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
