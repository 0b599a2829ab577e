using System.Numerics;

namespace Strata.Formats.Plots;

/// <summary>A plot as an immutable value: every method gives a new plot with one thing more. Rendered as SVG that stands by itself and
/// reads well on light and dark pages.
/// <code>new Plot("Training").XAxis("step").YAxis("loss", Scale.Logarithmic).Line("train", losses).Level("paper", 0.02).Save("loss.svg");</code>
/// Values that are not finite are gaps; a plot without data says so.</summary>
public sealed record Plot
{
    /// <summary>A plot without data.</summary>
    public Plot(string title = "") => Title = title;

    /// <summary>The heading; empty: none.</summary>
    public string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>The width of the page in pixels, at least 160; pages scale without loss.</summary>
    public int Width { get; init; } = 560;

    /// <summary>The height of the page in pixels, at least 120.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Whether one unit is as long on both axes, as maps and square matrices need.</summary>
    public bool EqualScales { get; init; }

    internal IReadOnlyList<Series> Series { get; private init; } = [];

    /// <summary>The plot with another horizontal axis; see <see cref="Axis"/>.</summary>
    public Plot XAxis(string label, Scale scale = Scale.Linear, double? min = null, double? max = null) =>
        this with { X = X with { Label = label, Scale = scale, Min = min, Max = max } };

    /// <summary>The plot with another vertical axis; see <see cref="Axis"/>.</summary>
    public Plot YAxis(string label, Scale scale = Scale.Linear, double? min = null, double? max = null) =>
        this with { Y = Y with { Label = label, Scale = scale, Min = min, Max = max } };

    /// <summary>The plot on a page of another size, in pixels.</summary>
    public Plot Size(int width, int height) => this with { Width = width, Height = height };

    /// <summary>Adds a line through the values at 0, 1, 2, …; see the overload with places.</summary>
    public Plot Line<T>(string name, IEnumerable<T> y, double smoothing = 0, bool dashed = false, bool markers = false)
        where T : INumberBase<T>
    {
        var values = Numbers(y);
        return Line(name, Enumerable.Range(0, values.Length), values, smoothing, dashed, markers);
    }

    /// <summary>Adds a line through points, in their order.</summary>
    /// <param name="name">What the legend calls it; empty: not in the legend.</param>
    /// <param name="x">The places.</param>
    /// <param name="y">The values, as many.</param>
    /// <param name="smoothing">0 … below 1: the weight of the past in a running average, drawn over the pale values themselves; 0: none.</param>
    /// <param name="dashed">Whether the line is dashed.</param>
    /// <param name="markers">Whether each point has a sign.</param>
    /// <exception cref="ArgumentException">The lengths differ or <paramref name="smoothing"/> is out of range.</exception>
    public Plot Line<TX, TY>(string name, IEnumerable<TX> x, IEnumerable<TY> y, double smoothing = 0, bool dashed = false, bool markers = false)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        if (!(smoothing is >= 0 and < 1)) throw new ArgumentException($"Plot.Line: smoothing is {smoothing}; 0 or more and less than 1 fits.");
        var (places, values) = (Numbers(x), Numbers(y));
        SameLength("Line", ("x", places), ("y", values));
        return With(new LineSeries(name, places, values, smoothing, dashed, markers));
    }

    /// <summary>Adds a line with a band around it: center ± deviation.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="x">The places.</param>
    /// <param name="center">The line, as many.</param>
    /// <param name="deviation">Half the height of the band, as many; a NaN interrupts the band.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Plot Band<TX, TY>(string name, IEnumerable<TX> x, IEnumerable<TY> center, IEnumerable<TY> deviation)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        var (places, middle, half) = (Numbers(x), Numbers(center), Numbers(deviation));
        SameLength("Band", ("x", places), ("center", middle), ("deviation", half));
        return With(new BandSeries(name, places, middle, [.. middle.Zip(half, (m, h) => m - h)], [.. middle.Zip(half, (m, h) => m + h)]));
    }

    /// <summary>Adds points.</summary>
    /// <param name="name">What the legend calls them.</param>
    /// <param name="x">The places.</param>
    /// <param name="y">The values, as many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Plot Scatter<TX, TY>(string name, IEnumerable<TX> x, IEnumerable<TY> y)
        where TX : INumberBase<TX>
        where TY : INumberBase<TY>
    {
        var (places, values) = (Numbers(x), Numbers(y));
        SameLength("Scatter", ("x", places), ("y", values));
        return With(new ScatterSeries(name, places, values));
    }

    /// <summary>Adds one bar for each category; several calls stand side by side.</summary>
    /// <param name="name">What the legend calls them.</param>
    /// <param name="categories">The names under the bars, the same for every bar series of the plot.</param>
    /// <param name="values">The heights, as many.</param>
    /// <param name="errors">Half the length of the whiskers, as many; null: no whiskers.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Plot Bars<T>(string name, IReadOnlyList<string> categories, IEnumerable<T> values, IEnumerable<T>? errors = null)
        where T : INumberBase<T>
    {
        var (heights, whiskers) = (Numbers(values), errors is null ? null : Numbers(errors));
        if (categories.Count != heights.Length || (whiskers ?? heights).Length != heights.Length)
            throw new ArgumentException($"Plot.Bars: {categories.Count} categories, {heights.Length} values{(whiskers is null ? "" : $" and {whiskers.Length} errors")}; they must be as many.");
        if (X.Categories is { } names && !names.SequenceEqual(categories)) throw new ArgumentException("Plot.Bars: the categories differ from those the plot has.");
        return (this with { X = X with { Categories = [.. categories] } }).With(new BarSeries(name, heights, whiskers));
    }

    /// <summary>Adds a histogram of values.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="bins">The number of bins of equal width, 0 … 10000; 0: by the rule of Freedman and Diaconis.</param>
    /// <param name="density">Whether the area is 1, to compare sets of different sizes, instead of counts.</param>
    /// <exception cref="ArgumentException"><paramref name="bins"/> is out of range.</exception>
    public Plot Histogram<T>(string name, IEnumerable<T> values, int bins = 0, bool density = false)
        where T : INumberBase<T>
    {
        if (bins is < 0 or > 10_000) throw new ArgumentException($"Plot.Histogram: bins is {bins}; 0 (automatic) to 10000 fit.");
        var plot = Y.Label == "" ? this with { Y = Y with { Label = density ? "density" : "count" } } : this;
        return plot.With(new HistogramSeries(name, Numbers(values), bins, density));
    }

    /// <summary>Adds a matrix as a grid of colors with a color bar.</summary>
    /// <param name="values">[rows, columns]; NaN is gray.</param>
    /// <param name="label">What the colors measure, with the unit.</param>
    /// <param name="colors">The colors; null: <see cref="ColorMap.Viridis"/>.</param>
    /// <param name="range">The values of the first and the last color; null: the least and the greatest value.</param>
    /// <param name="numbered">Whether the values stand in the cells, of up to 400.</param>
    /// <param name="rows">Names of the rows; null: numbers from 0.</param>
    /// <param name="columns">Names of the columns; null: numbers from 0.</param>
    /// <param name="x">The interval the columns cover, for a function sampled on a grid; null: columns are centered at 0, 1, 2, ….</param>
    /// <param name="y">The interval the rows cover, row 0 at its low end and at the bottom; null: rows are centered at 0, 1, 2, … downwards.</param>
    /// <exception cref="ArgumentException">The names are not as many as the rows or columns, or an interval is empty.</exception>
    public Plot HeatMap(
        double[,] values, string label = "", ColorMap? colors = null, (double Low, double High)? range = null, bool numbered = false,
        IReadOnlyList<string>? rows = null, IReadOnlyList<string>? columns = null, (double Low, double High)? x = null, (double Low, double High)? y = null)
    {
        var (height, width) = (values.GetLength(0), values.GetLength(1));
        if ((rows?.Count ?? height) != height) throw new ArgumentException($"Plot.HeatMap: {rows!.Count} names for {height} rows.");
        if ((columns?.Count ?? width) != width) throw new ArgumentException($"Plot.HeatMap: {columns!.Count} names for {width} columns.");
        foreach (var ends in (ReadOnlySpan<(double Low, double High)?>)[x, y, range])
            if (ends is var (low, high) && !(low < high && double.IsFinite(high - low))) throw new ArgumentException($"Plot.HeatMap: the interval {low} … {high} is empty or not finite.");
        var plot = this with
        {
            X = X with { Categories = columns is null ? X.Categories : [.. columns] },
            Y = Y with { Categories = rows is null ? Y.Categories : [.. rows], Reversed = y is null },
        };
        return plot.With(new HeatMapSeries((double[,])values.Clone(), colors ?? ColorMap.Viridis, label, range, numbered, Ends(x, width), Ends(y, height)));

        static Bounds Ends((double Low, double High)? given, int count) => given is var (low, high) ? new(low, high) : new(-.5, Math.Max(count, 1) - .5);
    }

    /// <summary>Adds a dashed horizontal line with its name written on it: a bound, chance, a paper's number.</summary>
    public Plot Level(string name, double y) => With(new ReferenceLine(name, y, vertical: false));

    /// <summary>Adds a dashed vertical line with its name written on it: an event in time.</summary>
    public Plot Mark(string name, double x) => With(new ReferenceLine(name, x, vertical: true));

    /// <summary>The plot as an SVG document, which can also stand inside an HTML page.</summary>
    /// <exception cref="ArgumentException">An axis's ends or the size of the page do not make sense.</exception>
    public string ToSvg() => new PlotRenderer(this).Render(standalone: true).ToString();

    /// <summary>Writes the SVG file, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => OpenedFile.ReplaceText(path, ToSvg());

    Plot With(Series series) => this with { Series = [.. Series, series] };

    static double[] Numbers<T>(IEnumerable<T> values)
        where T : INumberBase<T> => [.. values.Select(double.CreateSaturating)];

    static void SameLength(string method, params ReadOnlySpan<(string Name, double[] Values)> lists)
    {
        foreach (var (name, values) in lists[1..])
        {
            if (values.Length != lists[0].Values.Length)
                throw new ArgumentException($"Plot.{method}: {lists[0].Name} has {lists[0].Values.Length} values, {name} has {values.Length}; they must be as many.");
        }
    }
}
