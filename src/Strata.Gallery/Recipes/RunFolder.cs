using System.Globalization;
using Strata.Formats.Images;
using Strata.Formats.Metrics;
using Strata.Formats.Plots;
using Strata.Formats.Reports;
using Strata.Formats.TensorBoard;
using Strata.Nn;

namespace Strata.Gallery;

/// <summary>The folder of a run: <c>metrics.jsonl</c>, TensorBoard events, <c>model.strata</c> and <c>report.html</c>.</summary>
internal sealed class RunFolder : IDisposable
{
    readonly Recipe recipe;
    readonly Preset preset;
    readonly RunOptions options;
    readonly MetricsWriter metrics;
    readonly EventWriter events;
    readonly SortedDictionary<string, List<(long Step, double Value)>> curves = new(StringComparer.Ordinal);
    readonly List<Plot> plots = [];

    public RunFolder(string path, Recipe recipe, Preset preset, RunOptions options)
    {
        (Path, this.recipe, this.preset, this.options) = (System.IO.Path.GetFullPath(path), recipe, preset, options);
        Directory.CreateDirectory(Path);
        // A folder holds one run: what an earlier one logged would be read as this one's.
        foreach (var old in Directory.GetFiles(Path, "events.out.tfevents.*")) File.Delete(old);
        File.Delete(System.IO.Path.Combine(Path, "metrics.jsonl"));
        metrics = new MetricsWriter(System.IO.Path.Combine(Path, "metrics.jsonl"));
        events = new EventWriter(Path);
    }

    public string Path { get; }

    /// <summary>The body of the report, filled while the run goes on.</summary>
    public Report Report { get; } = new("");

    public void Metric(string name, long step, double value)
    {
        metrics.Write(step, (name, value));
        events.Scalar(name, step, value);
        if (!curves.TryGetValue(name, out var curve)) curves[name] = curve = [];
        curve.Add((step, value));
    }

    public void Plot(Plot plot) => plots.Add(plot);

    public void Images(string caption, Tensor images, IReadOnlyList<string>? labels)
    {
        var n = images.Shape[0];
        Report.Images(caption, Enumerable.Range(0, n).Select(i => (ToImage(images[i]), labels?[i] ?? "")));
    }

    public void Save(Model model) => TrainedModel.Save(System.IO.Path.Combine(Path, "model.strata"), recipe, preset, model);

    public void Finish(Outcome outcome)
    {
        var report = new Report(recipe.Title).Subtitle(recipe.Source.ToString());
        report.Text(recipe.Summary);
        report.Facts(
            ("preset", preset.Name),
            ("data", options.Data is null ? "generated" : "real"),
            ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{outcome.Elapsed.TotalSeconds:0.0} s")));
        report.Claims(outcome.Verdicts.Select(ReportClaimOf));
        report.Plots([.. plots, .. curves.Where(c => c.Value.Count > 1).Select(Curve)]);
        report.Append(Report);
        if (recipe.Deviations.Count > 0) report.Heading("Where this differs from the paper").Text(string.Join("\n\n", recipe.Deviations));
        report.Save(System.IO.Path.Combine(Path, "report.html"));
    }

    public void Dispose()
    {
        metrics.Dispose();
        events.Dispose();
    }

    static Plot Curve(KeyValuePair<string, List<(long Step, double Value)>> curve) => new Plot(curve.Key)
        .XAxis("step")
        .YAxis(curve.Key[(curve.Key.LastIndexOf('/') + 1)..])
        .Line("", curve.Value.Select(p => p.Step), curve.Value.Select(p => p.Value));

    static ReportClaim ReportClaimOf(Verdict v) => new(v.Claim.Sentence, v.MeasuredText, v.Claim.Bound.ToString(), v.ControlText, v.Kept);

    static Image ToImage(Tensor picture) // [height, width, channels] in [0, 1]
    {
        var bytes = Array.ConvertAll(picture.Cast(DType.Float32).ToArray<float>(), v => (byte)Math.Clamp((int)MathF.Round(v * 255), 0, 255));
        return new Image(picture.Shape[0], picture.Shape[1], picture.Shape[2], bytes);
    }
}
