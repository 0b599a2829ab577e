using System.Globalization;
using System.Text;

namespace Strata.Nn;

/// <summary>The table of a model's layers as Keras prints it.</summary>
internal static class ModelSummary
{
    // Ends of the columns as shares of the width.
    static readonly double[] chain = [0.45, 0.85, 1], graph = [0.33, 0.55, 0.67, 1];

    public static string Of(Model model, int width)
    {
        var connected = model.Graph is not null;
        var columns = connected ? graph : chain;
        var text = new StringBuilder();
        var (thin, thick) = (new string('_', width), new string('=', width));
        text.AppendLine(thin);
        Row(["Layer (type)", "Output Shape", "Param #", .. connected ? ["Connected to"] : Array.Empty<string>()]);
        text.AppendLine(thick);
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            string[] sources = connected ? [.. Sources(model, layer).DefaultIfEmpty("")] : [];
            Row([$"{model.ChildNames[i]} ({layer.GetType().Name})", layer.OutputShape is { } shape ? ShapeText(shape) : "?", Number(layer.ParameterCount), .. sources.Take(1)]);
            foreach (var source in sources.Skip(1)) Row(["", "", "", source]);
            text.AppendLine(i == model.Layers.Count - 1 ? thick : thin);
        }

        var trainable = model.TrainableWeights.Sum(w => w.Shape.Size);
        text.AppendLine($"Total params: {Number(model.ParameterCount)}");
        text.AppendLine($"Trainable params: {Number(trainable)}");
        text.AppendLine($"Non-trainable params: {Number(model.ParameterCount - trainable)}");
        text.AppendLine(thin);
        return text.Replace("\r\n", "\n").ToString();

        void Row(ReadOnlySpan<string> cells)
        {
            var line = "";
            for (var i = 0; i < cells.Length; i++)
            {
                line = (i == 0 ? "" : line[..^1] + " ") + cells[i]; // a cell that was cut off keeps a distance
                var end = (int)(width * columns[i]);
                line = (line.Length > end ? line[..end] : line).PadRight(end);
            }

            text.AppendLine(line);
        }
    }

    // As in dense_1[0][0]: the layer, which of its applications, which of the outputs of that.
    static IEnumerable<string> Sources(Model model, Layer layer)
    {
        foreach (var call in model.Graph!.Calls.Where(c => c.Layer == layer))
            foreach (var x in call.Inputs)
            {
                var at = model.Layers.ToList().IndexOf(x.Source.Layer);
                var number = model.Graph.Calls.Where(c => c.Layer == x.Source.Layer).TakeWhile(c => c != x.Source).Count();
                yield return at < 0 ? "input" : $"{model.ChildNames[at]}[{number}][{x.Index}]";
            }
    }

    static string ShapeText(Shape shape) => shape.Rank == 0 ? "(None,)" : $"(None, {string.Join(", ", shape)})";

    static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
