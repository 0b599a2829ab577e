using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Strata.Bench.Workloads;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>startup</c>: what a fresh process spends on its first step, and the most memory it holds while training, beside PyTorch.</summary>
internal static class StartupCommand
{
    const int Steps = 20;

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "A workload.", DefaultValueFactory = _ => "resnet20" };
        var python = new Option<string>("--python") { Description = "The Python that has PyTorch, to measure beside.", DefaultValueFactory = _ => "/usr/bin/python3" };
        var peer = new Option<bool>("--peer") { Description = "Measure PyTorch beside Strata." };
        var command = new Command("startup", $"Times a workload's first step in a fresh process, and measures the peak memory of {Steps} steps.") { name, peer, python };
        command.SetAction(parsed =>
        {
            Workers.Threads = 2;
            if (Workload.All.FirstOrDefault(w => w.Name == parsed.GetValue(name)) is not { } workload)
            {
                Console.Error.WriteLine($"startup: there is no workload {parsed.GetValue(name)}; there are {string.Join(", ", Workload.All.Select(w => w.Name))}.");
                return 1;
            }

            var table = new Table().AddColumns("", "making the network s", "first step s", "second step s", $"peak memory of {Steps} steps MiB");
            var watch = Stopwatch.StartNew();
            var step = workload.Create();
            var times = new List<double> { watch.Elapsed.TotalSeconds };
            for (var i = 0; i < Steps; i++)
            {
                watch.Restart();
                step();
                times.Add(watch.Elapsed.TotalSeconds);
            }

            table.AddRow("Strata", Text(times[0]), Text(times[1]), Text(times[2]), Text(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0));
            if (parsed.GetValue(peer) && Peer.Run(parsed.GetValue(python)!, workload.Name, Workers.Threads, 1, 0, "--startup", $"{Steps}") is { } other)
                table.AddRow(["PyTorch", .. new[] { "create", "first", "second", "peak" }.Select(key => Text(other.GetProperty(key).GetDouble()))]);
            AnsiConsole.Write(table);
            return 0;
        });
        return command;
    }

    static string Text(double value) => value.ToString(value < 100 ? "0.000" : "0", CultureInfo.InvariantCulture);
}
