using System.Globalization;
using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Nn;

namespace Strata.Formats.Reports;

// What a model looks like: its table, its drawing, its first filters and how its weights are spread.
public sealed partial class Report
{
    const int MostFilters = 64, MostHistograms = 24;

    /// <summary>Adds a model: its table of layers and its drawing, the filters of its first convolution as pictures, and histograms of its weights.</summary>
    /// <param name="title">What stands over it.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="StrataException">The model has no weights yet because the shape of its input is not known.</exception>
    public Report Model(string title, Model model)
    {
        Heading(title);
        Section("Layers", section =>
        {
            section.Code(model.Summary());
            section.body.Add($"<div class=\"card drawing\" tabindex=\"0\" role=\"group\" aria-label=\"Drawing of the layers\">").AddPlain(model.ToSvg()).Add($"</div>\n");
        });
        var filters = Filters(model);
        if (filters.Count > 0) Images("Filters of the first convolution", filters);
        var weights = model.Weights.Where(w => w.Value.Size > 1 && w.Value.DType.IsFloating()).OrderBy(w => w.Value.Rank < 2).ToList();
        if (weights.Count == 0) return this;
        return Section("Weights", section =>
        {
            section.Plots("plots small", weights.Take(MostHistograms).Select(w =>
                new Plot(string.Create(CultureInfo.InvariantCulture, $"{w.Name} {w.Value.Shape}")).Size(360, 220).Histogram("", w.Value.Cast(DType.Float32).ToArray<float>())));
            if (weights.Count > MostHistograms) section.Text($"{weights.Count - MostHistograms} more are left out.");
        });
    }

    // Zero is a middle gray, so that signs can be seen; each filter by its own largest weight.
    static List<(Image, string)> Filters(Model model)
    {
        List<(Image, string)> pictures = [];
        // Kernels of convolutions are [height, width, in, out].
        if (model.Weights.FirstOrDefault(w => w.Value.Rank == 4 && w.Value.Shape[0] * w.Value.Shape[1] > 1) is not { } kernel) return pictures;
        var shape = kernel.Value.Shape;
        var (height, width, channels, count) = (shape[0], shape[1], shape[2], shape[3]);
        var values = kernel.Value.Cast(DType.Float32).ToArray<float>();
        var colored = channels == 3;
        for (var f = 0; f < count; f++)
        {
            for (var c = 0; c < (colored ? 1 : channels) && pictures.Count < MostFilters; c++)
            {
                var samples = new float[height * width * (colored ? 3 : 1)];
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = colored ? values[i * count + f] : values[(i * channels + c) * count + f];
                var most = samples.Max(MathF.Abs);
                for (var i = 0; i < samples.Length; i++) samples[i] = most > 0 ? .5f + samples[i] / (2 * most) : .5f;
                pictures.Add((Image.FromSingles(height, width, colored ? 3 : 1, samples), channels is 1 or 3 ? $"{f}" : $"{f}, from {c}"));
            }
        }

        return pictures;
    }
}
