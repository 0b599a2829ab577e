using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Strata.Bench.Workloads;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>runtime</c>: one image at a time beside ONNX Runtime.</summary>
internal static class RuntimeCommand
{
    public static Command Create()
    {
        var models = new Argument<string>("MODELS") { Description = "The folder that peers/export_onnx.py wrote." };
        var modules = new Argument<string>("MODULES") { Description = "A folder where onnxruntime-node is installed (npm install --ignore-scripts onnxruntime-node)." };
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 1.5 };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured, in turns; the best counts, as a shared machine only ever adds time.", DefaultValueFactory = _ => 8 };
        var threads = new Option<int>("--threads") { Description = "Threads of both sides.", DefaultValueFactory = _ => 2 };
        var command = new Command("runtime", "Times VGG-16, ResNet-50 and the DQN network at batch 1 beside ONNX Runtime.") { models, modules, seconds, rounds, threads };
        command.SetAction(parsed =>
        {
            Workers.Threads = parsed.GetValue(threads);
            var table = new Table().AddColumns("network", "Strata s", "ONNX Runtime s", "Strata/ONNX Runtime", "GFLOP/s");
            foreach (var workload in Inference.All)
            {
                var step = workload.Create();
                var (own, other) = (double.MaxValue, double.MaxValue);
                for (var round = 0; round < parsed.GetValue(rounds); round++)
                {
                    own = Math.Min(own, Stopwatches.Median(step, parsed.GetValue(seconds)));
                    other = Math.Min(other, Peer(parsed.GetValue(models)!, parsed.GetValue(modules)!, workload.Name, parsed.GetValue(seconds)));
                }

                table.AddRow(workload.Name, Text(own, "0.00000"), Text(other, "0.00000"), Text(own / other, "0.00"), Text(workload.Gigaflops / own, "0.0"));
                Console.Error.WriteLine($"{workload.Name}: {own:0.#####} s, ONNX Runtime {other:0.#####} s");
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    static double Peer(string models, string modules, string name, double seconds)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "onnx_workloads.mjs");
        var start = new ProcessStartInfo("node", [script, Path.GetFullPath(models), "--threads", $"{Workers.Threads}", "--seconds", Text(seconds, "0.#"), "--only", name])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetFullPath(modules),
        };
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"ONNX Runtime gave no time for {name}.");
        process.WaitForExit();
        return JsonDocument.Parse(line).RootElement.GetProperty("seconds").GetDouble();
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
