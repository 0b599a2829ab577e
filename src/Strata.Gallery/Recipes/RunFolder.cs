using System.Globalization;
using Strata.Formats.Images;
using Strata.Formats.Metrics;
using Strata.Formats.Plots;
using Strata.Formats.Reports;
using Strata.Formats.TensorBoard;
using Strata.Nn;

namespace Strata.Gallery;

/// <summary>The folder of a run: <c>run.json</c>, <c>metrics.jsonl</c>, TensorBoard events, <c>pictures</c>, <c>model.strata</c> and <c>report.html</c>.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The folder of plots and pictures, which can be looked at while the run goes on.</summary>
    const string PicturesFolder = "pictures";

    const string Validation = "val_";

    // Longer curves are drawn with their running average.
    const int LongCurve = 60;

    readonly Recipe recipe;
    readonly Preset preset;
    readonly RunOptions options;
    readonly MetricsWriter metrics;
    readonly EventWriter events;
    readonly SortedDictionary<string, List<(long Step, double Value)>> curves = new(StringComparer.Ordinal);
    readonly List<Plot> plots = [];
    readonly RunDescription description;
    Model? model;
    int pictures;

    public RunFolder(string path, Recipe recipe, Preset preset, RunOptions options)
    {
        (Path, this.recipe, this.preset, this.options) = (System.IO.Path.GetFullPath(path), recipe, preset, options);
        Directory.CreateDirectory(Path);
        // A folder holds one run: what an earlier one logged would be read as this one's.
        foreach (var old in Directory.GetFiles(Path, "events.out.tfevents.*")) System.IO.File.Delete(old);
        foreach (var old in (string[])[RunCurves.FileName, "report.html"]) System.IO.File.Delete(File(old));
        if (Directory.Exists(File(PicturesFolder))) Directory.Delete(File(PicturesFolder), recursive: true);
        description = new RunDescription
        {
            Title = recipe.Title, Recipe = recipe.Id, Preset = preset.Name, Seed = options.Seed, Started = DateTimeOffset.UtcNow, Process = Environment.ProcessId,
        };
        description.Save(File(RunDescription.FileName));
        metrics = new MetricsWriter(File(RunCurves.FileName));
        events = new EventWriter(Path);
    }

    public string Path { get; }

    string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The body of the report, filled while the run goes on.</summary>
    public Report Report { get; } = new("");

    public void Metric(string name, long step, double value)
    {
        metrics.Write(step, (name, value));
        events.Scalar(name, step, value);
        if (!curves.TryGetValue(name, out var curve)) curves[name] = curve = [];
        curve.Add((step, value));
    }

    public void Plot(Plot plot)
    {
        plots.Add(plot);
        plot.Save(NextPicture(plot.Title, ".svg"));
    }

    public void Images(string caption, Tensor images, IReadOnlyList<string>? labels)
    {
        (Image, string)[] pictures = [.. Enumerable.Range(0, images.Shape[0]).Select(i => (ToImage(images[i]), labels?[i] ?? ""))];
        Report.Images(caption, pictures);
        new PictureGrid(caption, pictures).Save(NextPicture(caption, ".svg"));
    }

    public void Animation(string caption, IEnumerable<Image> frames, double framesPerSecond)
    {
        Image[] all = [.. frames];
        Report.Animation(caption, all, framesPerSecond);
        AnimatedPng.Write(NextPicture(caption, ".png"), all, framesPerSecond);
    }

    /// <summary>The model that the report describes: the first one trained, or the one that was saved last.</summary>
    public void Describe(Model model, bool only = false)
    {
        if (only || this.model is null) this.model = model;
    }

    public void Save(Model model)
    {
        TrainedModel.Save(File("model.strata"), recipe, preset, model);
        Describe(model, only: true);
    }

    public void Finish(Outcome outcome)
    {
        var report = new Report(recipe.Title).Subtitle(recipe.Source.ToString());
        report.Text(recipe.Summary);
        report.Facts(
            ("preset", preset.Name),
            ("data", options.Data is null ? "generated" : "real"),
            ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{outcome.Elapsed.TotalSeconds:0.0} s")));
        ReportClaim[] claims = [.. outcome.Verdicts.Select(ReportClaimOf)];
        report.Claims(claims);
        report.Plots([.. plots, .. Curves()]);
        report.Append(Report);
        if (model is { Weights.Count: > 0 }) report.Model("The model", model);
        if (recipe.Deviations.Count > 0) report.Heading("Where this differs from the paper").Text(string.Join("\n\n", recipe.Deviations));
        report.Save(File("report.html"));
        (description with { Seconds = Math.Round(outcome.Elapsed.TotalSeconds, 1), Claims = claims }).Save(File(RunDescription.FileName));
    }

    public void Dispose()
    {
        metrics.Dispose();
        events.Dispose();
    }

    // A number and its counterpart on the validation data share a plot.
    IEnumerable<Plot> Curves()
    {
        foreach (var (name, curve) in curves)
        {
            var last = name[(name.LastIndexOf('/') + 1)..];
            var validation = name[..^last.Length] + Validation + last;
            if (curve.Count < 2 || (last.StartsWith(Validation, StringComparison.Ordinal) && curves.ContainsKey(name[..^last.Length] + last[Validation.Length..]))) continue;
            var plot = new Plot(name).XAxis("step").YAxis(last);
            yield return curves.TryGetValue(validation, out var validated) ? With(With(plot, "training", curve), "validation", validated) : With(plot, "", curve);
        }

        static Plot With(Plot plot, string name, List<(long Step, double Value)> curve) =>
            plot.Line(name, curve.Select(p => p.Step), curve.Select(p => p.Value), smoothing: curve.Count > LongCurve ? .8 : 0);
    }

    string NextPicture(string caption, string ending)
    {
        Directory.CreateDirectory(File(PicturesFolder));
        var slug = string.Concat(caption.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return File(System.IO.Path.Combine(PicturesFolder, string.Create(CultureInfo.InvariantCulture, $"{++pictures:000}-{slug[..Math.Min(slug.Length, 60)]}{ending}")));
    }

    static ReportClaim ReportClaimOf(Verdict v) => new(v.Claim.Sentence, v.MeasuredText, v.Claim.Bound.ToString(), v.ControlText, v.Kept);

    static Image ToImage(Tensor picture) // [height, width, channels] in [0, 1]
    {
        var bytes = Array.ConvertAll(picture.Cast(DType.Float32).ToArray<float>(), v => (byte)Math.Clamp((int)MathF.Round(v * 255), 0, 255));
        return new Image(picture.Shape[0], picture.Shape[1], picture.Shape[2], bytes);
    }
}
