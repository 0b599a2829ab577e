using System.CommandLine;
using Spectre.Console;
using Strata.Formats.Onnx;
using Strata.Formats.PyTorch;
using Strata.Formats.Weights;
using Strata.Gallery;
using Strata.Nn;

namespace Strata.Cli.Commands;

/// <summary><c>strata convert SOURCE TARGET</c>: weights and models from one format to another, with a table of what became of each weight.</summary>
internal static class ConvertCommand
{
    const string Ours = "strata", PyTorch = "pytorch";

    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A file of weights or a model: safetensors, .npz, PyTorch's .pth or .pt, Keras's .h5 or .keras, .onnx, .strata, or the folder of a run." };
        var target = new Argument<string>("TARGET") { Description = $"The file to write: {string.Join(", ", WeightFile.Endings)} or .onnx." };
        var model = new Option<string?>("--model") { Description = "The model that the weights are for: a .strata file or run, or a network of torchvision's, as resnet18.", HelpName = "MODEL" };
        var names = new Option<string?>("--names") { Description = "How a model's weights are called and laid out in TARGET; PyTorch's way if it is a .pth or .pt file, otherwise this library's.", HelpName = $"{Ours}|{PyTorch}" };
        names.AcceptOnlyFromAmong(Ours, PyTorch);
        var byOrder = new Option<bool>("--by-order") { Description = "Give the tensors of SOURCE to the weights of the model one after the other, whatever their names." };
        var partly = new Option<bool>("--partly") { Description = "Go on if weights of the model are missing in SOURCE, or tensors of SOURCE are left over." };
        var command = new Command("convert", "Converts weights and models between formats.") { source, target, model, names, byOrder, partly };
        command.SetAction(parsed =>
        {
            var (from, to) = (parsed.GetRequiredValue(source), parsed.GetRequiredValue(target));
            if (Directory.Exists(from)) from = Path.Combine(from, "model.strata");
            RequireKnown(to);
            if (parsed.GetValue(model) is { } architecture)
            {
                var file = ModelFile.Architecture(architecture);
                var report = ModelWeights.Load(file.Model, WeightFile.Read(from), file.TorchNames, parsed.GetValue(byOrder), partly: true);
                WriteTable(report, file.Model);
                if (!parsed.GetValue(partly) && report.Missing.Count + report.LeftOver.Count > 0)
                    throw new StrataException($"{report.Missing.Count} weights are missing in '{from}' and {report.LeftOver.Count} of its tensors are left over; nothing was written. With --partly this is allowed.");
                Write(file, to, parsed.GetValue(names));
            }
            else if (parsed.GetValue(byOrder) || parsed.GetValue(partly))
            {
                throw new StrataException("--by-order and --partly tell how weights find their places in a model; name it with --model.");
            }
            // PyTorch's names and layout are those of a model; a file of mere tensors keeps its own.
            else if (IsOnnx(to) || parsed.GetValue(names) is not null || (IsPyTorch(to) && IsStrata(from) && ModelFile.HoldsModel(from)))
            {
                var file = ModelFile.Open(from);
                Write(file, to, parsed.GetValue(names));
            }
            else
            {
                var tensors = WeightFile.Read(from);
                WriteTable(tensors);
                WeightFile.Write(to, tensors);
            }

            AnsiConsole.WriteLine($"Wrote {to} ({new FileInfo(to).Length:N0} bytes).");
            return Application.Ok;
        });
        return command;
    }

    static bool IsOnnx(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    static bool IsStrata(string path) => path.EndsWith(".strata", StringComparison.OrdinalIgnoreCase);

    static bool IsPyTorch(string path) => path.EndsWith(".pth", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pt", StringComparison.OrdinalIgnoreCase);

    static void RequireKnown(string target)
    {
        if (!IsOnnx(target) && !WeightFile.Endings.Any(e => target.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            throw new StrataException($"'{target}' ends with none of {string.Join(", ", WeightFile.Endings)} and .onnx, which tell the format.");
    }

    static void Write(ModelFile file, string target, string? names)
    {
        var model = file.Model;
        if (IsOnnx(target))
        {
            if (model is OnnxModel) throw new StrataException("The model is one of an ONNX file already.");
            OnnxFile.Export(target, model, [.. model.InputTypes.Select(i => i.Shape)], new OnnxOptions { InputTypes = [.. model.InputTypes.Select(i => i.DType)] });
        }
        else if (IsStrata(target) && names != PyTorch)
        {
            file.Save(target);
        }
        else
        {
            var isPyTorch = (names ?? (IsPyTorch(target) ? PyTorch : Ours)) == PyTorch;
            var tensors = isPyTorch ? TorchWeights.Save(model, file.TorchNames) : ModelWeights.Save(model);
            var table = Table("weight of the model", "tensor in the file", "shape there");
            foreach (var (weight, theirs) in TorchWeights.NamesOf(model, file.TorchNames))
                foreach (var name in isPyTorch ? theirs : [weight]) AddRow(table, weight, name, tensors[name].Shape.ToString());
            AnsiConsole.Write(table);
            WeightFile.Write(target, tensors);
        }
    }

    static void WriteTable(WeightReport report, Model model)
    {
        var table = Table("tensor in the file", "weight of the model", "");
        for (var i = 0; i < report.Loaded.Count; i++) AddRow(table, report.Sources[i], report.Loaded[i], "mapped");
        foreach (var weight in report.Missing) AddRow(table, "", weight, "missing");
        foreach (var tensor in report.LeftOver) AddRow(table, tensor, "", "left over");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"'{model.Name}': {report.Loaded.Count} mapped, {report.Missing.Count} missing, {report.LeftOver.Count} left over.");
    }

    static void WriteTable(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var table = Table("tensor", "type");
        foreach (var (name, tensor) in tensors) AddRow(table, name, tensor.Type.ToString());
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{tensors.Count} tensors, under the names and in the layout that they have.");
    }

    static Table Table(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);

    static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));
}
