using System.Globalization;
using System.Text;

namespace Strata.Nn;

/// <summary>The table of a model's layers as Keras prints it.</summary>
internal static class ModelSummary
{
    static readonly double[] columns = [0.45, 0.85, 1]; // ends of the columns as shares of the width

    public static string Of(Model model, int width)
    {
        var text = new StringBuilder();
        var (thin, thick) = (new string('_', width), new string('=', width));
        text.AppendLine(thin);
        Row("Layer (type)", "Output Shape", "Param #");
        text.AppendLine(thick);
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            Row(layer.ToString(), layer.OutputShape is { } shape ? ShapeText(shape) : "?", Number(layer.ParameterCount));
            text.AppendLine(i == model.Layers.Count - 1 ? thick : thin);
        }

        var trainable = model.TrainableWeights.Sum(w => w.Shape.Size);
        text.AppendLine($"Total params: {Number(model.ParameterCount)}");
        text.AppendLine($"Trainable params: {Number(trainable)}");
        text.AppendLine($"Non-trainable params: {Number(model.ParameterCount - trainable)}");
        text.AppendLine(thin);
        return text.Replace("\r\n", "\n").ToString();

        void Row(params ReadOnlySpan<string> cells)
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

    static string ShapeText(Shape shape) => shape.Rank == 0 ? "(None,)" : $"(None, {string.Join(", ", shape)})";

    static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
