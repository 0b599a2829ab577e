using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery;

/// <summary>A run under way: what a recipe is asked for, and where it tells what it did.</summary>
public sealed class Run
{
    readonly Dictionary<string, (double Measured, double? Control)> measured = [];
    readonly IMonitor? monitor;
    readonly RunFolder folder;

    internal Run(Recipe recipe, Preset preset, RunOptions options, RunFolder folder)
    {
        Preset = preset;
        Seed = options.Seed;
        Data = options.Data;
        Epochs = options.Epochs;
        Claims = recipe.Claims(preset, options.Data is not null);
        monitor = options.Monitor;
        this.folder = folder;
    }

    /// <summary>The configuration.</summary>
    public Preset Preset { get; }

    /// <summary>The seed of everything random.</summary>
    public long Seed { get; }

    /// <summary>The folder of the real data set; null: generate data.</summary>
    public string? Data { get; }

    /// <summary>Passes over the training data instead of the preset's; null leaves the preset's.</summary>
    public int? Epochs { get; }

    /// <summary>What this run claims.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>Whether this is the published configuration.</summary>
    public bool IsPaper => Preset.Name == Preset.Paper.Name; // its summary is the recipe's own

    /// <summary>The folder of the real data set.</summary>
    /// <param name="what">What it must hold and where it comes from: completes "needs …".</param>
    /// <exception cref="StrataException">None was given.</exception>
    public string RequireData(string what) =>
        Data ?? throw new StrataException($"The preset '{Preset.Name}' needs {what}; put the files into a folder and name it with --data DIR.");

    /// <summary>A stream of random numbers for one purpose, independent of those for others.</summary>
    public RandomStream Random(string purpose) => new(SeedFor(purpose));

    /// <summary>A seed for one purpose, independent of those for others.</summary>
    public long SeedFor(string purpose) => SeedFor(Seed, purpose);

    /// <summary>The seed that a run with <paramref name="seed"/> uses for one purpose.</summary>
    internal static long SeedFor(long seed, string purpose)
    {
        // FNV-1a over the name, then mixed with the run's seed by the generator itself.
        var hash = 14695981039346656037ul;
        foreach (var c in purpose) hash = (hash ^ c) * 1099511628211ul;
        return (long)(new RandomStream(seed ^ (long)hash).NextDouble() * (1L << 53));
    }

    /// <summary>Trains a compiled model, shown to whoever watches and logged in the run's folder.</summary>
    /// <param name="title">What is trained; names its metrics.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">What to train on.</param>
    /// <param name="epochs">Passes.</param>
    /// <param name="validation">What to evaluate on after each pass.</param>
    /// <param name="callback">What else to do in the course of it.</param>
    public History Fit(string title, Model model, IBatches data, int epochs = 1, IBatches? validation = null, Callback? callback = null)
    {
        var callbacks = new List<Callback> { new MetricsCallback(folder, title) };
        if (monitor is not null) callbacks.Insert(0, monitor.Watch(title));
        if (callback is not null) callbacks.Add(callback);
        folder.Describe(model);
        return model.Fit(data, epochs, validation, callbacks, verbose: false);
    }

    /// <summary>States what a claim's value came out as.</summary>
    /// <param name="claim">The claim's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="control">The control's value, if the claim has one.</param>
    public void Measure(string claim, double value, double? control = null)
    {
        if (Claims.All(c => c.Key != claim)) throw new InvalidOperationException($"Run: '{claim}' is not among the claims of this preset.");
        measured[claim] = (value, control);
        folder.Metric(claim, 0, value);
        if (control is { } c) folder.Metric($"{claim}/control", 0, c);
    }

    /// <summary>Logs a number that is neither a loss nor a claim.</summary>
    public void Metric(string name, long step, double value) => folder.Metric(name, step, value);

    /// <summary>Says a sentence to whoever watches, and in the report.</summary>
    public void Say(string text)
    {
        monitor?.Say(text);
        folder.Report.Text(text);
    }

    /// <summary>Adds what a classifier makes of pictures to the report: the confusion matrix, and some of the pictures with what they were taken for,
    /// mistakes first, the surest before the others.</summary>
    /// <param name="title">What was trained.</param>
    /// <param name="images">[n, height, width, 1 or 3] with values in [0, 1].</param>
    /// <param name="labels">[n] the true classes.</param>
    /// <param name="probabilities">[n, classes].</param>
    /// <param name="names">The names of the classes; null: their numbers.</param>
    public void Predictions(string title, Tensor images, Tensor labels, Tensor probabilities, IReadOnlyList<string>? names = null)
    {
        const int Shown = 12; // of each, right and wrong
        var truth = labels.Cast(DType.Int32).ToArray<int>();
        var taken = probabilities.ArgMax(-1).Cast(DType.Int32).ToArray<int>();
        var sure = probabilities.Max(-1).Cast(DType.Float64).ToArray<double>();
        folder.Plot(new ConfusionMatrix(truth, taken, probabilities.Shape[1]).ToPlot($"Confusion matrix: {title}", names));

        var wrong = Enumerable.Range(0, truth.Length).Where(i => truth[i] != taken[i]).OrderByDescending(i => sure[i]).Take(Shown);
        var right = Enumerable.Range(0, truth.Length).Where(i => truth[i] == taken[i]).Take(Shown);
        int[] chosen = [.. wrong, .. right];
        if (chosen.Length > 0)
            Images($"Predictions: {title}", images.Gather(Tensor.From(chosen), 0), [.. chosen.Select(i => (truth[i] == taken[i] ? "" : $"{Name(truth[i])} taken for ") + $"{Name(taken[i])} ({Verdict.Text(Math.Round(sure[i], 3))})")]);

        string Name(int i) => names?[i] ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Adds a plot to the report.</summary>
    public void Plot(Plot plot) => folder.Plot(plot);

    /// <summary>Adds pictures [n, height, width, 1 or 3] with values in [0, 1] to the report.</summary>
    public void Images(string caption, Tensor images, IReadOnlyList<string>? labels = null) => folder.Images(caption, images, labels);

    /// <summary>Adds pictures of one size, shown one after another, to the report, and beside it as an animated PNG file: an episode of play.</summary>
    public void Animation(string caption, IEnumerable<Image> frames, double framesPerSecond = 10) => folder.Animation(caption, frames, framesPerSecond);

    /// <summary>Adds a table to the report.</summary>
    public void Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => folder.Report.Table(columns, rows, caption);

    /// <summary>Saves the weights of the run's main model, which <c>strata predict</c> loads.</summary>
    public void Save(Model model) => folder.Save(model);

    /// <summary>The path of a file that the recipe itself writes into the run's folder.</summary>
    public string PathOf(string file) => Path.Combine(folder.Path, file);

    internal IReadOnlyList<Verdict> Decide() =>
    [
        .. Claims.Select(c => measured.TryGetValue(c.Key, out var m)
            ? c.Decide(m.Measured, m.Control)
            : throw new InvalidOperationException($"Run: the claim '{c.Key}' was not measured.")),
    ];
}
