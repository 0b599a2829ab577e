using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Strata.Bench.Serving;

/// <summary><c>strata serve</c> in a process of its own.</summary>
sealed partial class ServerProcess : IDisposable
{
    readonly Process process;

    public ServerProcess(string model, int maxBatch, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "Strata.Cli.dll"), "serve", model, "--port", "0", "--max-batch", $"{maxBatch}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["STRATA_THREADS"] = $"{threads}";
        process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("serve: the server did not start.");
        Url = new Uri(line.Split(' ').First(w => w.StartsWith("http", StringComparison.Ordinal)).TrimEnd(':'));
    }

    public Uri Url { get; }

    /// <summary>Processor time so far, all and in the operating system.</summary>
    public (TimeSpan All, TimeSpan System) Used
    {
        get
        {
            process.Refresh();
            return (process.TotalProcessorTime, process.PrivilegedProcessorTime);
        }
    }

    /// <summary>Asks it to stop.</summary>
    public void Terminate() => _ = Kill(process.Id, 15);

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; null: it did not end in time.</returns>
    public int? Wait(TimeSpan time) => process.WaitForExit(time) ? process.ExitCode : null;

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
