using System.CommandLine;
using Spectre.Console;
using Strata.Formats.Images;
using Strata.Nn;

namespace Strata.Cli.Commands;

/// <summary><c>strata visualize MODEL IMAGE</c>: a picture of what a model sees in a picture.</summary>
internal static class VisualizeCommand
{
    static readonly string[] methods = ["cam", "occlusion", "deconv", "gradient", "guided", "activations", "maximize"];

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A run's folder, its model.strata, weights of torchvision (.pth, .safetensors) or an .onnx file." };
        var image = new Argument<string>("IMAGE") { Description = "A PNG, JPEG, BMP or Netpbm file." };
        var method = new Option<string>("--method")
        {
            Description = "cam: where the class is; occlusion: what a grey patch lowers; deconv, gradient, guided: what a unit answers to; activations: the feature maps; maximize: the picture changed so that the unit answers more.",
            HelpName = string.Join('|', methods),
            DefaultValueFactory = _ => "cam",
        };
        var layer = new Option<string?>("--layer") { Description = "The layer to look at; '?' lists them.", HelpName = "NAME" };
        var output = new Option<string?>("--class") { Description = "The class, by name or number; otherwise the most likely.", HelpName = "CLASS" };
        var channel = new Option<int?>("--channel") { Description = "The feature map of the layer; otherwise the strongest.", HelpName = "N" };
        var size = new Option<int>("--size") { Description = "Height and width of the picture for a model that takes any.", HelpName = "N" };
        var file = new Option<string?>("--out") { Description = "The PNG file to write; otherwise IMAGE-METHOD.png here.", HelpName = "FILE" };
        var command = new Command("visualize", "Shows what a model sees in a picture.") { model, image, method, layer, output, channel, size, file };
        command.SetAction(parsed =>
        {
            var how = parsed.GetValue(method)!;
            if (!methods.Contains(how)) throw new StrataException($"--method: there is no '{how}'; {string.Join(", ", methods)} fit.");
            var opened = PictureModel.Open(parsed.GetRequiredValue(model), parsed.GetValue(size));
            if (parsed.GetValue(layer) == "?")
            {
                foreach (var (path, shape) in FeatureExtractor.LayersOf(opened.Model)) Console.Out.WriteLine($"{path}  {shape}");
                return Application.Ok;
            }

            var source = parsed.GetRequiredValue(image);
            var view = new PictureView(opened, ImageFile.Read(source), parsed.GetValue(layer), parsed.GetValue(output), parsed.GetValue(channel));
            var (picture, what) = view.Of(how);
            var target = parsed.GetValue(file) ?? $"{Path.GetFileNameWithoutExtension(source)}-{how}.png";
            Png.Write(target, Image.FromTensor(picture));
            AnsiConsole.WriteLine($"{source}: {view.Answer}");
            AnsiConsole.WriteLine($"{target}: {what}");
            return Application.Ok;
        });
        return command;
    }
}
