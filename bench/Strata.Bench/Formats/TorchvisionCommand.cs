using System.CommandLine;
using System.Diagnostics;
using Strata.Formats.Arrays;
using Strata.Gallery.Vision.Classification;

namespace Strata.Bench.Formats;

/// <summary>Loads what peers/torchvision_nets.py wrote and compares the logits.</summary>
static class TorchvisionCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where the files are." };
        var name = new Argument<string>("network") { Description = "The name of the network in torchvision." };
        var command = new Command("torchvision", "Compares the logits of one network with torchvision's.") { folder, name };
        command.SetAction(parse =>
        {
            var path = Path.Combine(parse.GetValue(folder)!, parse.GetValue(name)!);
            var (x, expected) = (Npy.Read(path + "-x.npy").Transpose(0, 2, 3, 1), Npy.Read(path + "-y.npy").ToArray<float>());
            var net = ImageClassifier.Named[parse.GetValue(name)!]();
            var clock = Stopwatch.StartNew();
            var report = net.LoadTorch(path + ".pth", (x.Shape[1], x.Shape[2]));
            var loading = clock.Elapsed.TotalSeconds;
            var logits = net.Apply(x).ToArray<float>();
            var error = logits.Zip(expected, (a, b) => Math.Abs(a - b)).Max() / expected.Max(Math.Abs);
            Console.WriteLine($"{parse.GetValue(name),-14} {net.ParameterCount,12:N0} weights, {report.Loaded.Count,4} tensors loaded in {loading:F1} s, largest error {error:E1} of the largest logit");
            return error <= 1e-4 ? 0 : 1;
        });
        return command;
    }
}
