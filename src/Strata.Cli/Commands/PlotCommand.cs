using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using Spectre.Console;
using Strata.Formats.Metrics;
using Strata.Formats.Plots;

namespace Strata.Cli.Commands;

/// <summary><c>strata plot RUN…</c>: the curves of runs as an SVG file.</summary>
internal static class PlotCommand
{
    // Of a page of plots; a single one is drawn larger.
    const int SmallWidth = 560, SmallHeight = 360, LargeWidth = 800, LargeHeight = 480;

    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN") { Description = "Folders of runs, folders of such folders, or files metrics.jsonl.", Arity = ArgumentArity.OneOrMore };
        var metrics = new Option<string[]>("--metric") { Description = "A number to plot: its name, the last part of its name (loss), or a pattern (*/val_*); all curves if none is given.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", DefaultValueFactory = _ => "plot.svg" };
        var x = new Option<string>("--x") { Description = "What runs along: step, or time in seconds.", HelpName = "step|time", DefaultValueFactory = _ => "step" };
        var smooth = new Option<double>("--smooth") { Description = "The weight of the past in a running average, 0 to below 1.", HelpName = "S" };
        var log = new Option<bool>("--log") { Description = "Whether values have a logarithmic axis." };
        var seeds = new Option<bool>("--over-seeds") { Description = "Runs whose names differ in their last number alone become one line, their mean, in a band of one standard deviation." };
        var list = new Option<bool>("--list") { Description = "Lists the numbers of the runs and writes nothing." };
        x.AcceptOnlyFromAmong("step", "time");
        var command = new Command("plot", "Draws the curves of one run or several as an SVG file.") { runs, metrics, output, x, smooth, log, seeds, list };
        command.SetAction(parsed =>
        {
            var read = parsed.GetRequiredValue(runs).SelectMany(Folders).Distinct().Select(RunCurves.Read).ToList();
            if (parsed.GetValue(list))
            {
                AnsiConsole.Write(Table(read));
                return Application.Ok;
            }

            if (parsed.GetValue(smooth) is not (>= 0 and < 1)) throw new StrataException($"--smooth: {parsed.GetValue(smooth).ToString(CultureInfo.InvariantCulture)} was asked for; 0 or more and less than 1 fits.");
            var style = new Style(parsed.GetValue(x) == "time", parsed.GetValue(smooth), parsed.GetValue(log), parsed.GetValue(seeds));
            var names = Chosen(read, parsed.GetValue(metrics) ?? []);
            var file = parsed.GetValue(output)!;
            if (names is [var only]) Plotted(read, only, style).Size(LargeWidth, LargeHeight).Save(file);
            else new PlotSheet([.. names.Select(name => Plotted(read, name, style).Size(SmallWidth, SmallHeight))]).Save(file);
            AnsiConsole.WriteLine($"{file}: {string.Join(", ", names)}");
            return Application.Ok;
        });
        return command;
    }

    /// <summary>The runs that a path of the command line means.</summary>
    static IEnumerable<string> Folders(string path)
    {
        if (File.Exists(path) || File.Exists(Path.Combine(path, RunCurves.FileName))) return [path];
        if (!Directory.Exists(path)) throw new StrataException($"There is no run '{path}'.");
        var inside = Directory.GetDirectories(path).Where(folder => File.Exists(Path.Combine(folder, RunCurves.FileName))).Order(StringComparer.Ordinal).ToList();
        return inside.Count > 0 ? inside : throw new StrataException($"'{path}' is not the folder of a run and holds none: there is no {RunCurves.FileName}.");
    }

    static List<string> Chosen(List<RunCurves> runs, string[] patterns)
    {
        var all = runs.SelectMany(r => r.Names).Distinct().Order(StringComparer.Ordinal).ToList();
        if (patterns.Length == 0)
        {
            var curves = all.Where(name => runs.Any(r => r[name].Count > 1)).ToList();
            return curves.Count > 0 ? curves : throw new StrataException("The runs have no number with more than one point; --list shows what there is.");
        }

        List<string> chosen = [];
        foreach (var pattern in patterns)
        {
            var met = all.Where(name => name == pattern || name.EndsWith('/' + pattern) || FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).ToList();
            chosen.AddRange(met.Count > 0 ? met : throw new StrataException($"--metric: no run has '{pattern}'; there are {string.Join(", ", all.Take(12))}{(all.Count > 12 ? ", …" : "")}."));
        }

        return [.. chosen.Distinct()];
    }

    static Plot Plotted(List<RunCurves> runs, string metric, Style style)
    {
        var plot = new Plot(metric)
            .XAxis(style.OverTime ? "time (s)" : "step")
            .YAxis(metric[(metric.LastIndexOf('/') + 1)..], style.Logarithmic ? Scale.Logarithmic : Scale.Linear);
        foreach (var group in runs.Where(r => r[metric].Count > 0).GroupBy(r => style.OverSeeds ? WithoutSeed(r.Name) : r.Name))
        {
            // Over time no two runs have points at the same places.
            if (group.Count() > 1 && style.OverSeeds && !style.OverTime)
            {
                var (steps, means, deviations) = Mean([.. group.Select(r => r[metric])]);
                plot = plot.Band($"{group.Key} ({group.Count()} runs)", steps, means, deviations);
                continue;
            }

            foreach (var run in group)
                plot = plot.Line(run.Name, run[metric].Select(p => style.OverTime ? p.Time : p.Step), run[metric].Select(p => p.Value), style.Smoothing, markers: run[metric].Count < 3);
        }

        return plot;
    }

    /// <summary>Mean and standard deviation (of the sample) at the steps that all curves have.</summary>
    static (double[] Steps, double[] Means, double[] Deviations) Mean(List<IReadOnlyList<CurvePoint>> curves)
    {
        var values = curves.Select(curve => curve.GroupBy(p => p.Step).ToDictionary(g => g.Key, g => g.Last().Value)).ToList();
        long[] steps = [.. values[0].Keys.Where(step => values.TrueForAll(v => v.ContainsKey(step))).Order()];
        var means = Array.ConvertAll(steps, step => values.Average(v => v[step]));
        var deviations = steps.Zip(means, (step, mean) => Math.Sqrt(values.Sum(v => (v[step] - mean) * (v[step] - mean)) / (values.Count - 1)));
        return (Array.ConvertAll(steps, s => (double)s), means, [.. deviations]);
    }

    // lenet5-quick-11 → lenet5-quick
    static string WithoutSeed(string name) => name.TrimEnd("0123456789".ToCharArray()).TrimEnd('-');

    static Table Table(List<RunCurves> runs)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("run", "number", "points", "last");
        foreach (var run in runs)
            foreach (var name in run.Names)
                table.AddRow(new Text(run.Name), new Text(name), new Text(run[name].Count.ToString(CultureInfo.InvariantCulture)), new Text(run[name][^1].Value.ToString("G4", CultureInfo.InvariantCulture)));
        return table;
    }

    sealed record Style(bool OverTime, double Smoothing, bool Logarithmic, bool OverSeeds);
}
