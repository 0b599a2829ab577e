using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Strata.Kernels;
using Strata.Random;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>products</c>: square matrix products against the bare micro-kernel, which is what the processor can do.</summary>
internal static class ProductsCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each size is measured.", DefaultValueFactory = _ => 1 };
        var command = new Command("products", "Times square float32 matrix products against the bare micro-kernel, on one and two threads.") { seconds };
        command.SetAction(parsed =>
        {
            var table = new Table().AddColumns("n", "threads", "GFLOP/s", "bare micro-kernel", "share");
            foreach (var threads in new[] { 1, 2 })
                foreach (var n in new[] { 256, 480, 512, 768, 960, 1024, 1440, 1920 })
                {
                    Workers.Threads = threads;
                    var random = new RandomStream(0);
                    var (a, b) = (random.Uniform([n, n]), random.Uniform([n, n]));
                    var rate = 2e-9 * n * n * n / Stopwatches.Median(() => a.MatMul(b), parsed.GetValue(seconds));
                    var bare = MicroKernelRate.Measure(threads, parsed.GetValue(seconds));
                    table.AddRow($"{n}", $"{threads}", Text(rate, "0"), Text(bare, "0"), Text(rate / bare, "0 %"));
                }

            AnsiConsole.Write(table);
        });
        return command;
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
