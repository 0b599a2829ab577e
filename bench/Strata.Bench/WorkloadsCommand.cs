using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Strata.Bench.Workloads;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>workloads</c>: training and inference steps beside PyTorch.</summary>
internal static class WorkloadsCommand
{
    sealed record Row(string Name, double Seconds, double? Peer, double GigaflopsPerSecond)
    {
        public double? Ratio => Peer / Seconds;
    }

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "Workloads; all if none is named.", Arity = ArgumentArity.ZeroOrMore };
        var peer = new Option<bool>("--peer") { Description = "Measure PyTorch beside Strata." };
        var python = new Option<string>("--python") { Description = "The Python that has PyTorch.", DefaultValueFactory = _ => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3" };
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 1.5 };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured, in turns; the best counts, as a shared machine only ever adds time.", DefaultValueFactory = _ => 6 };
        var threads = new Option<int>("--threads") { Description = "Threads of both sides.", DefaultValueFactory = _ => 2 };
        var json = new Option<string?>("--json") { Description = "A file for the table as JSON.", HelpName = "FILE" };
        var command = new Command("workloads", "Times training and inference steps, beside PyTorch with --peer.") { names, peer, python, seconds, rounds, threads, json };
        command.SetAction(parsed =>
        {
            Workers.Threads = parsed.GetValue(threads);
            var chosen = parsed.GetValue(names) ?? [];
            var rows = new List<Row>();
            foreach (var workload in Workload.All.Where(w => chosen.Length == 0 || chosen.Contains(w.Name)))
            {
                var step = workload.Create();
                var own = double.MaxValue;
                double? other = null;
                for (var round = 0; round < parsed.GetValue(rounds); round++)
                {
                    own = Math.Min(own, Stopwatches.Median(step, parsed.GetValue(seconds)));
                    if (parsed.GetValue(peer) && Peer.Seconds(parsed.GetValue(python)!, workload.Name, Workers.Threads, parsed.GetValue(seconds)) is { } time)
                        other = Math.Min(other ?? time, time);
                }

                rows.Add(new Row(workload.Name, own, other, workload.Gigaflops / own));
                Console.Error.WriteLine($"{workload.Name}: {own:0.######} s{(other is { } o ? $", PyTorch {o:0.######} s, {o / own:0.00}×" : "")}");
            }

            Write(rows);
            if (parsed.GetValue(json) is { } file) WriteJson(file, rows);
        });
        return command;
    }

    static void Write(List<Row> rows)
    {
        var table = new Table().AddColumns("workload", "Strata s/step", "PyTorch s/step", "ratio", "GFLOP/s");
        foreach (var r in rows)
            table.AddRow(r.Name, Text(r.Seconds, "0.000000"), Text(r.Peer, "0.000000"), Text(r.Ratio, "0.00"), Text(r.GigaflopsPerSecond, "0.0"));
        AnsiConsole.Write(table);
        var ratios = rows.Where(r => r.Ratio is not null).Select(r => Math.Log(r.Ratio!.Value)).ToArray();
        if (ratios.Length > 1) Console.WriteLine($"Geometric mean of the ratios: {Math.Exp(ratios.Average()):0.00}");
    }

    static void WriteJson(string file, List<Row> rows)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("workload", row.Name);
            json.WriteNumber("strata_seconds", row.Seconds);
            if (row.Peer is { } peer)
            {
                json.WriteNumber("pytorch_seconds", peer);
                json.WriteNumber("ratio", row.Ratio!.Value);
            }

            json.WriteNumber("gflops", row.GigaflopsPerSecond);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
