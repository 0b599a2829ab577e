using System.CommandLine;
using Spectre.Console;
using Strata.Formats.Images;
using Strata.Gallery;

namespace Strata.Cli.Commands;

/// <summary><c>strata predict MODEL IMAGE…</c>: reads pictures with a trained model.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A run's folder, its model.strata, weights of torchvision (.pth, .safetensors) or an .onnx file." };
        var images = new Argument<string[]>("IMAGE") { Description = "PNG, JPEG, BMP or Netpbm files.", Arity = ArgumentArity.OneOrMore };
        var size = new Option<int>("--size") { Description = "Height and width of the pictures for a model that takes any.", HelpName = "N" };
        var command = new Command("predict", "Reads pictures with a trained model.") { model, images, size };
        command.SetAction(parsed =>
        {
            var opened = PictureModel.Open(parsed.GetRequiredValue(model), parsed.GetValue(size));
            var table = new Table().Border(TableBorder.Rounded).AddColumns("picture", "class", "probability", "next");
            foreach (var file in parsed.GetRequiredValue(images)) table.AddRow(Row(file, opened));
            AnsiConsole.Write(table);
            return Application.Ok;
        });
        return command;
    }

    static Text[] Row(string file, PictureModel model)
    {
        var probabilities = model.Probabilities(model.Prepare(ImageFile.Read(file)).X).Cast(DType.Float64).ToArray<double>();
        var best = probabilities.Select((p, i) => (Probability: p, Class: model.ClassOf(i))).OrderByDescending(c => c.Probability).ToArray();
        var next = string.Join(", ", best.Skip(1).Take(2).Select(c => $"{c.Class} ({Verdict.Text(c.Probability)})"));
        return [new(file), new(best[0].Class), new(Verdict.Text(best[0].Probability)), new(next)];
    }
}
