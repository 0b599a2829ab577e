using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Strata.Random;
using Strata.Threading;

namespace Strata.Bench;

/// <summary><c>fusion</c>: chains of element-wise operations in a plan, one after the other, by the tile interpreter and by emitted loops.</summary>
internal static class FusionCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each case is measured.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        var command = new Command("fusion", "Times chains of element-wise operations as they are, interpreted by tiles, and as emitted loops.") { seconds, threads };
        command.SetAction(parsed =>
        {
            Workers.Threads = parsed.GetValue(threads);
            var table = new Table().AddColumns("chain", "elements", "unfused ns/element", "interpreted", "emitted", "unfused/emitted", "first run ms");
            foreach (var (name, f, x) in Cases())
            {
                var times = new[] { FusionMode.Off, FusionMode.Interpret, FusionMode.Emit }.Select(mode => Time(f, x, mode, parsed.GetValue(seconds))).ToArray();
                var n = x[0].Size;
                table.AddRow(
                    name, $"{n}", Text(times[0].Warm / n * 1e9, "0.00"), Text(times[1].Warm / n * 1e9, "0.00"), Text(times[2].Warm / n * 1e9, "0.00"),
                    Text(times[0].Warm / times[2].Warm, "0.00"), string.Join(" / ", times.Select(t => Text(t.First * 1e3, "0.0"))));
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    static IEnumerable<(string, Func<Tensor[], Tensor>, Tensor[])> Cases()
    {
        var random = new RandomStream(0);
        foreach (var n in new[] { 1000, 1_000_000 })
        {
            Tensor[] three = [random.Normal([n]), random.Normal([n]), random.Normal([n])];
            yield return ("ten cheap operations", x => ((((x[0] * 2 + x[1]).Relu() - x[2]).Square() * 0.5 + x[0]) * x[1] - x[2] / 3).Abs(), three);
            yield return ("highway", Highway, three);
            yield return ("gelu", x => x[0] * 0.5 * (1 + (x[0] * 0.7071).Erf()), three);
            yield return ("gelu, tanh", x => x[0] * 0.5 * (1 + ((x[0] + x[0].Square() * x[0] * 0.044715) * 0.79788).Tanh()), three);
            yield return ("choice", x => Tensor.Where((x[0] > 0) & (x[1] < 0.5), x[0] * x[1], x[2]) + 1, three);
            yield return ("squared error", x => ((x[0] - x[1]).Square() * 0.5).Sum(), three);
        }

        Tensor[] image = [random.Normal([32, 32, 32, 64]), random.Normal([64]), random.Normal([64]), random.Normal([32, 32, 32, 64])];
        yield return ("scale, shift, add, relu by channels", x => (x[0] * x[1] + x[2] + x[3]).Relu(), image);
        yield return ("relu's and bias's gradient", x => ((x[0] > 0).Cast(DType.Float32) * x[3]).Sum([0, 1, 2]), image);
        Tensor[] rows = [random.Normal([4096, 256]), random.Normal([4096, 1]), random.Normal([256])];
        yield return ("rows scaled and summed", x => ((x[0] - x[1]).Exp() * x[2]).Sum(-1), rows);
        Tensor[] narrow = [random.Normal([20000, 10]), random.Normal([20000, 1]), random.Normal([10])];
        yield return ("narrow rows", x => (x[0] - x[1]).Exp() * x[2], narrow);

        static Tensor Highway(Tensor[] x)
        {
            var gate = x[1].Sigmoid();
            return x[0].Relu() * gate + x[2] * (1 - gate);
        }
    }

    static (double Warm, double First) Time(Func<Tensor[], Tensor> f, Tensor[] x, FusionMode mode, double seconds)
    {
        var compiled = Compiled.Function(f, new CompileOptions { Fusion = mode });
        var start = Stopwatch.GetTimestamp();
        compiled(x).Release();
        var first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (Stopwatches.Median(() => compiled(x).Release(), seconds), first);
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
