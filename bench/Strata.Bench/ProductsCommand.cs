using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;
using Strata.Kernels;
using Strata.Memory;
using Strata.Random;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>products</c>: square matrix products against the bare micro-kernel, which is what the processor can do, and against oneDNN.</summary>
internal static class ProductsCommand
{
    public static Command Create()
    {
        var sizes = new Argument<int[]>("N") { Description = "Sizes.", DefaultValueFactory = _ => [256, 480, 512, 768, 960, 1024, 1440, 1920] };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured, in turns; the best counts, as a shared machine only ever adds time.", DefaultValueFactory = _ => 5 };
        var peer = new Option<bool>("--onednn") { Description = "Measure oneDNN's dnnl_sgemm beside Strata (Debian: libdnnl-dev)." };
        var command = new Command("products", "Times square float32 matrix products against the bare micro-kernel, on one and two threads.") { sizes, rounds, peer };
        command.SetAction(parsed =>
        {
            var withPeer = parsed.GetValue(peer);
            if (withPeer && !OneDnn.IsInstalled)
            {
                Console.Error.WriteLine("products: oneDNN is not installed (Debian: libdnnl-dev).");
                return 1;
            }

            var table = new Table().AddColumns("n", "threads", "GFLOP/s", "bare micro-kernel", "share", "oneDNN", "Strata/oneDNN");
            foreach (var threads in new[] { 1, 2 })
                foreach (var n in parsed.GetValue(sizes)!)
                {
                    var (own, bare, other) = Measure(n, threads, parsed.GetValue(rounds), withPeer);
                    table.AddRow($"{n}", $"{threads}", Text(own, "0"), Text(bare, "0"), Text(own / bare, "0 %"), withPeer ? Text(other, "0") : "–", withPeer ? Text(own / other, "0.00") : "–");
                }

            AnsiConsole.Write(table);
            return 0;
        });
        return command;
    }

    /// <summary>GFLOP/s of the product, the bare micro-kernel and oneDNN.</summary>
    static unsafe (double Own, double Bare, double Other) Measure(int n, int threads, int rounds, bool withPeer)
    {
        Workers.Threads = threads;
        var random = new RandomStream(0);
        var (a, b) = (random.Uniform([n, n]), random.Uniform([n, n]));
        var work = 2e-9 * n * n * n;
        var (own, bare, other) = (0.0, 0.0, 0.0);
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)n * (nuint)n * 3 * sizeof(float), 64);
        new Span<float>(memory, 3 * n * n).Fill(0.5f);
        if (withPeer) OneDnn.Threads(threads);
        for (var round = 0; round < rounds; round++)
        {
            own = Math.Max(own, work / Best(() =>
            {
                using var scope = new TensorScope();
                a.MatMul(b);
            }));
            bare = Math.Max(bare, MicroKernelRate.Measure(threads, 0.05));
            if (withPeer) other = Math.Max(other, work / Best(() => OneDnn.Multiply(n, memory, memory + (n * n), memory + (2 * n * n))));
        }

        NativeMemory.AlignedFree(memory);
        return (own, bare, other);
    }

    /// <summary>The least seconds of a call within about a tenth of a second.</summary>
    static double Best(Action step)
    {
        var best = double.MaxValue;
        var all = Stopwatch.StartNew();
        while (all.Elapsed.TotalSeconds < 0.1)
        {
            var start = Stopwatch.GetTimestamp();
            step();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
