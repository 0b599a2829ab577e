using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Strata.Data;
using Strata.Threading;

namespace Strata.Bench.Formats;

/// <summary><c>images</c>: how many pictures of a folder are decoded, resized to 224 × 224 and put into batches a second, beside Pillow.</summary>
static class ImagesCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder with one folder a format, with one folder a class in each; one that is not there is made with JPEG and PNG pictures." };
        var threads = new Option<int>("--threads") { Description = "Threads (or processes) that decode.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured, in turns; the best counts, as a shared machine only ever adds time.", DefaultValueFactory = _ => 4 };
        var python = new Option<string>("--python") { Description = "A Python with Pillow and NumPy.", DefaultValueFactory = _ => "/usr/bin/python3" };
        var command = new Command("images", "Times the decoding of folders of pictures to batches of 224 × 224 beside Pillow.") { folder, threads, rounds, python };
        command.SetAction(parsed =>
        {
            Workers.Threads = parsed.GetValue(threads);
            var (root, script) = (parsed.GetValue(folder)!, new Script(parsed.GetValue(python)!));
            if (!Directory.Exists(root)) script.Run("make", root);
            var table = new Table().AddColumns("format", "pictures", "Strata a second", "Pillow, threads", "Pillow, processes", "Strata/Pillow", "Strata ms each", "Pillow ms each");
            foreach (var kind in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
            {
                var pictures = new ImageFolder(kind, size: (224, 224));
                var (own, ownTime, byThreads, byProcesses, time) = (0.0, double.PositiveInfinity, 0.0, 0.0, double.PositiveInfinity);
                for (var round = 0; round < parsed.GetValue(rounds); round++)
                {
                    var (rate, milliseconds) = Measure(pictures);
                    (own, ownTime) = (Math.Max(own, rate), Math.Min(ownTime, milliseconds));
                    var peer = JsonDocument.Parse(script.Run("time", kind, $"{Workers.Threads}")).RootElement;
                    (byThreads, byProcesses) = (Math.Max(byThreads, Number("threads")), Math.Max(byProcesses, Number("processes")));
                    time = Math.Min(time, Number("milliseconds"));

                    double Number(string name) => peer.GetProperty(name).GetDouble();
                }

                table.AddRow(Path.GetFileName(kind), $"{pictures.Files.Count}", Text(own, "0"), Text(byThreads, "0"), Text(byProcesses, "0"), Text(own / Math.Max(byThreads, byProcesses), "0.00"), Text(ownTime, "0.00"), Text(time, "0.00"));
            }

            AnsiConsole.Write(table);
        });
        return command;
    }

    // The processor's time is steadier than the clock's where others work too.
    static (double Rate, double Milliseconds) Measure(ImageFolder pictures)
    {
        var (best, least) = (0.0, double.PositiveInfinity);
        for (var n = 0; n < 5; n++) // the first ones are for the compiler
        {
            var (clock, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var count = pictures.Stream().Batch(32).Prefetch(2).Sum(b => b.X.Shape[0]);
            best = Math.Max(best, count / clock.Elapsed.TotalSeconds);
            least = Math.Min(least, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / count);
        }

        return (best, least);
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    sealed class Script(string python)
    {
        public string Run(params string[] arguments)
        {
            var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers", "pillow_images.py"), .. arguments]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException("images: Pillow's script failed; it needs Python with Pillow and NumPy (--python).");
        }
    }
}
