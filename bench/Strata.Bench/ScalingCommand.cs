using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Strata.Bench.Workloads;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>scaling</c>: how a step's time grows with threads, with the batch and with depth.</summary>
internal static class ScalingCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "How often, in turns; the best counts, as a shared machine only ever adds time.", DefaultValueFactory = _ => 3 };
        var command = new Command("scaling", "Times steps on one and two threads, for batches of 1…512 and for depths of 10…100, with the fitted exponents.") { seconds, rounds };
        command.SetAction(parsed =>
        {
            var (s, r) = (parsed.GetValue(seconds), parsed.GetValue(rounds));
            Threads(s, r);
            Growth("lenet5", "batch", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512], batch => LeNet.Step(batch), s, r);
            Growth("highway", "depth", [10, 20, 30, 50, 75, 100], depth => HighwayNetwork.Step(depth), s, r);
        });
        return command;
    }

    static void Threads(double seconds, int rounds)
    {
        var table = new Table().AddColumns("workload", "1 thread s", "2 threads s", "speed-up");
        foreach (var workload in new[] { Convolutions.Conv3x3, ResNet.ResNet20, Products.Gemm1024 })
        {
            var step = workload.Create();
            var best = new[] { double.MaxValue, double.MaxValue };
            for (var round = 0; round < rounds; round++)
                for (var threads = 1; threads <= 2; threads++)
                {
                    Workers.Threads = threads;
                    best[threads - 1] = Math.Min(best[threads - 1], Stopwatches.Median(step, seconds));
                }

            table.AddRow(workload.Name, Text(best[0], "0.00000"), Text(best[1], "0.00000"), Text(best[0] / best[1], "0.00"));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Times of a step for sizes, and the slope of their logarithms: 1 is time in proportion.</summary>
    static void Growth(string name, string what, int[] sizes, Func<int, Action> step, double seconds, int rounds)
    {
        Workers.Threads = 2;
        var steps = Array.ConvertAll(sizes, size => step(size));
        var times = Array.ConvertAll(sizes, _ => double.MaxValue);
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < sizes.Length; i++) times[i] = Math.Min(times[i], Stopwatches.Median(steps[i], seconds / 2));
        var table = new Table().AddColumns($"{name}: {what}", "s/step", $"µs/step and {(what == "batch" ? "example" : "layer")}", "exponent to the next");
        for (var i = 0; i < sizes.Length; i++)
        {
            var exponent = i + 1 < sizes.Length ? Text(Math.Log(times[i + 1] / times[i]) / Math.Log((double)sizes[i + 1] / sizes[i]), "0.00") : "";
            table.AddRow($"{sizes[i]}", Text(times[i], "0.00000"), Text(1e6 * times[i] / sizes[i], "0.0"), exponent);
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"{name}: time grows with {what} to the power {Text(Slope(sizes, times), "0.00")} (least squares of the logarithms).");
    }

    static double Slope(int[] sizes, double[] times)
    {
        var (x, y) = (Array.ConvertAll(sizes, n => Math.Log(n)), Array.ConvertAll(times, Math.Log));
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / x.Sum(a => (a - mx) * (a - mx));
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
