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
            var best = 0.0;
            for (var round = 0; round < 4; round++) // the first is for the compiler
            {
                var clock = Stopwatch.StartNew();
                var count = pictures.Stream().Batch(32).Prefetch(2).Sum(b => b.X.Shape[0]);
                best = Math.Max(best, count / clock.Elapsed.TotalSeconds);
            }

            Console.WriteLine($"{pictures.Files.Count} pictures, {parse.GetValue(threads)} threads: {best:F0} pictures/s");
        });
        return command;
    }
}
