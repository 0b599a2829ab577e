using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Strata.Gallery.Vision.Classification;
using Strata.Memory;
using Strata.Nn;
using Strata.Random;
using Strata.Threading;

namespace Strata.Bench.Serving;

/// <summary><c>serve</c>: many clients ask <c>strata serve</c> for predictions and compare every answer with the model's own; the throughput with
/// batching beside that without; at the end the server is told to stop while all ask. Of LeNet-5 one example costs little more alone than in a batch; the
/// perceptron's weights are larger than the caches, so a batch reads them once for all.</summary>
static class ServeCommand
{
    const int Inputs = 512;

    static readonly Dictionary<string, Func<Sequential>> models = new()
    {
        ["lenet5"] = () => Built(LeNet5.Create(seed: 1), [28, 28, 1]),
        ["mlp"] = () => Built(new(new Dense(2048, Activation.Relu), new Dense(2048, Activation.Relu), new Dense(10, Activation.Softmax)) { Seed = 1 }, [784]),
    };

    public static Command Create()
    {
        var name = new Option<string>("--model") { Description = string.Join(", ", models.Keys), DefaultValueFactory = _ => "lenet5" };
        var clients = new Option<int>("--clients") { Description = "Concurrent clients, each with a connection of its own.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<double>("--seconds") { Description = "How long they ask.", DefaultValueFactory = _ => 60 };
        var batches = new Option<int[]>("--max-batch") { Description = "The largest batches to compare.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 64] };
        var protocols = new Option<string[]>("--protocol") { Description = "binary, json.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["binary", "json"] };
        var threads = new Option<int>("--threads") { Description = "The server's STRATA_THREADS.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("serve", "Asks 'strata serve' with many clients and checks every answer.") { name, clients, seconds, batches, protocols, threads };
        command.SetAction(async (parsed, _) =>
        {
            var path = Path.Combine(Path.GetTempPath(), $"serve-{Environment.ProcessId}.strata");
            var model = models[parsed.GetValue(name)!]();
            var (inputs, expected) = Prepare(model, path);
            WriteModelTimes(model);
            Console.WriteLine($"{"protocol",-10}{"batch",6}{"requests",10}{"wrong",7}{"lost",6}{"a second",10}{"p50 ms",8}{"p99 ms",8}{"server µs",11}{"of it OS",11}{"client µs",11}{"mean batch",12}  at the stop");
            var failed = false;
            try
            {
                foreach (var protocol in parsed.GetValue(protocols)!)
                {
                    double? first = null;
                    foreach (var batch in parsed.GetValue(batches)!)
                    {
                        var json = protocol == "json";
                        byte[][] requests = [.. inputs.Select(x => json ? PredictRequest.Json(x, model.InputTypes[0].Shape) : PredictRequest.Binary(x))];
                        var (rate, right) = await Measure(path, batch, parsed.GetValue(threads), parsed.GetValue(clients), parsed.GetValue(seconds), requests, expected, json);
                        failed |= !right;
                        first ??= rate;
                        if (rate != first) Console.WriteLine($"{"",10}{rate / first:0.00} times the throughput");
                    }
                }
            }
            finally
            {
                File.Delete(path);
            }

            return failed ? 1 : 0;
        });
        return command;
    }

    static Sequential Built(Sequential model, Shape input)
    {
        model.BuildFor(input);
        return model;
    }

    static (float[][] Inputs, float[][] Expected) Prepare(Sequential model, string path)
    {
        var x = Examples(model, Inputs);
        model.Save(path);
        return ([.. x.ToArray<float>().Chunk((int)model.InputTypes[0].Shape.Size)], [.. model.Predict(x).ToArray<float>().Chunk(10)]);
    }

    static Tensor Examples(Sequential model, int count) => new RandomStream(2).Uniform([count, .. model.InputTypes[0].Shape]).Keep();

    /// <summary>What the model alone takes of a request: the best of many runs, as other processes only ever add time.</summary>
    static void WriteModelTimes(Sequential model)
    {
        var infer = Compiled.Function((Tensor x) => model.Apply(x));
        foreach (var threads in (int[])[1, Environment.ProcessorCount])
        {
            Workers.Threads = threads;
            foreach (var size in (int[])[1, 8, 64])
            {
                var x = Examples(model, size);
                var (best, all) = (double.MaxValue, Stopwatch.StartNew());
                for (var n = 0; n < 200 || all.Elapsed.TotalSeconds < .3; n++)
                {
                    using var scope = new TensorScope();
                    var began = Stopwatch.GetTimestamp();
                    infer(x);
                    best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the model alone on {threads} threads, batch {size}: {best:F0} µs, {best / size:F1} an example"));
            }
        }
    }

    static async Task<(double Rate, bool Right)> Measure(string path, int batch, int threads, int clients, double seconds, byte[][] requests, float[][] expected, bool json)
    {
        using var server = new ServerProcess(path, batch, threads);
        Clients warm = Make(), all = Make(), last = Make();
        warm.Run(TimeSpan.FromSeconds(Math.Min(3, seconds / 2)));
        var (used, own) = (server.Used, Environment.CpuUsage.TotalTime);
        all.Run(TimeSpan.FromSeconds(seconds));
        var (total, system) = server.Used;
        (used, own) = ((total - used.All, system - used.System), Environment.CpuUsage.TotalTime - own);

        // The end: all ask, the server is told to stop, and whoever was taken on must be answered.
        var ending = Task.Run(() => last.Run(TimeSpan.FromSeconds(20)));
        await Task.Delay(300);
        var metrics = await new HttpClient().GetStringAsync(new Uri(server.Url, "metrics"));
        server.Terminate();
        var exit = server.Wait(TimeSpan.FromSeconds(20));
        await ending;

        all.Latencies.Sort();
        var (latencies, wrong, lost) = (all.Latencies, all.Wrong + warm.Wrong + last.Wrong, all.Lost + warm.Lost);
        var (rate, mean) = (latencies.Count / seconds, Value(metrics, "strata_batch_examples_sum") / Value(metrics, "strata_batch_examples_count"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(json ? "json" : "binary"),-10}{batch,6}{latencies.Count,10}{wrong,7}{lost,6}{rate,10:F0}{At(.5),8:F2}{At(.99),8:F2}{used.All.TotalMicroseconds / latencies.Count,11:F0}{used.System.TotalMicroseconds / latencies.Count,11:F0}{own.TotalMicroseconds / latencies.Count,11:F0}{mean,12:F1}")
            + $"  exit {exit?.ToString(CultureInfo.InvariantCulture) ?? "none"}, {last.Closed} connections closed, {last.Lost} of them under a new request");
        return (rate, wrong == 0 && lost == 0 && exit == 0);

        Clients Make() => new(server.Url, clients, requests, expected, json);

        double At(double quantile) => 1000 * latencies[(int)(quantile * (latencies.Count - 1))];
    }

    static double Value(string metrics, string name) => double.Parse(metrics.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}
