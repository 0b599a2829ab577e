using System.CommandLine;
using System.Diagnostics;
using Strata.Data;

namespace Strata.Bench.Formats;

/// <summary>How many pictures of a folder are decoded, resized and batched a second; peers/pillow_images.py does the same with Pillow.</summary>
static class ImagesCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "A folder with one folder a class." };
        var threads = new Option<int>("--threads") { Description = "Threads that decode.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("images", "Times the decoding of a folder of pictures to batches of 224 × 224.") { folder, threads };
        command.SetAction(parse =>
        {
            Strata.Threading.Workers.Threads = parse.GetValue(threads);
            var pictures = new ImageFolder(parse.GetValue(folder)!, size: (224, 224));
            var (best, least) = (0.0, double.PositiveInfinity); // the processor's time is steadier than the clock's where others work too
            for (var round = 0; round < 6; round++) // the first ones are for the compiler
            {
                var (clock, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                var count = pictures.Stream().Batch(32).Prefetch(2).Sum(b => b.X.Shape[0]);
                best = Math.Max(best, count / clock.Elapsed.TotalSeconds);
                least = Math.Min(least, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / count);
            }

            Console.WriteLine($"{pictures.Files.Count} pictures, {parse.GetValue(threads)} threads: {best:F0} pictures/s, {least:F2} ms of processor time each");
        });
        return command;
    }
}
