using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Strata.Bench;

/// <summary>PyTorch, measured by its script in a process of its own, so that both sides are measured in one run on one machine.</summary>
internal static class Peer
{
    /// <summary>Seconds of a step of the workload; the better of one and two threads in its BLAS library, which neither setting always wins. Null if it cannot be run.</summary>
    public static double? Seconds(string python, string workload, int threads, double seconds)
    {
        double? best = null;
        foreach (var blas in Enumerable.Range(1, Math.Max(1, threads)))
            if (Run(python, workload, threads, blas, seconds)?.GetProperty("seconds").GetDouble() is { } time && (best is null || time < best)) best = time;
        return best;
    }

    /// <summary>What the script prints of the workload, in a process of its own. Null if it cannot be run.</summary>
    public static JsonElement? Run(string python, string workload, int threads, int blasThreads, double seconds, params string[] more)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "pytorch_workloads.py");
        var start = new ProcessStartInfo(python, [script, "--threads", $"{threads}", "--seconds", seconds.ToString(CultureInfo.InvariantCulture), workload, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = $"{blasThreads}";
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var line = process.StandardOutput.ReadLine();
            process.WaitForExit();
            if (line is not null) return JsonDocument.Parse(line).RootElement;
            Console.Error.WriteLine($"{workload}: the peer failed: {error.Result.Trim().Split('\n').LastOrDefault()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Console.Error.WriteLine($"The peer cannot be started: {e.Message}. It needs Python with PyTorch (Debian: python3-torch and libopenblas0-pthread); name the interpreter with --python.");
        }

        return null;
    }
}
