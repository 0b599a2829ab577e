using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Strata.Formats.Images;
using Strata.Formats.Plots;

namespace Strata.Formats.Tests.Plots;

public partial class PlotTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    static XElement Render(Plot plot)
    {
        var text = plot.ToSvg();
        var svg = XElement.Parse(text);
        Assert.All(svg.Descendants().Attributes(), a => Assert.DoesNotMatch("NaN|Infinity|∞", a.Value));
        return svg;
    }

    static string[] Texts(XElement svg) => [.. svg.Descendants(Svg + "text").Select(t => t.Value)];

    /// <summary>The group of the series drawn with a color, inside the axes.</summary>
    static XElement Group(XElement svg, string style) => svg.Descendants(Svg + "svg").Single().Elements(Svg + "g").First(g => (string?)g.Attribute("class") == style);

    static (double X, double Y)[] Points(XElement path) =>
        [.. PointPattern().Matches((string)path.Attribute("d")!).Select(m => (Number(m.Groups[1].Value), Number(m.Groups[2].Value)))];

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static double Number(XElement element, string attribute) => Number((string)element.Attribute(attribute)!);

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex PointPattern();

    [Fact]
    public void A_line_maps_values_linearly_onto_the_page()
    {
        var path = Group(Render(new Plot().YAxis("", min: 0, max: 10).Line("a", [0, 5, 10])), "c0").Elements().Single();
        var points = Points(path);
        Assert.Equal(3, points.Length);
        Assert.Equal((points[0].X + points[2].X) / 2, points[1].X, .02);
        Assert.Equal((points[0].Y + points[2].Y) / 2, points[1].Y, .02);
        Assert.True(points[0].Y > points[2].Y);
    }

    [Fact]
    public void A_logarithmic_axis_gives_equal_ratios_equal_room()
    {
        var points = Points(Group(Render(new Plot().XAxis("", Scale.Logarithmic).YAxis("", Scale.Logarithmic).Line("a", [1, 10, 1000], [1, 100, 10000])), "c0").Elements().Single());
        Assert.Equal((points[1].X - points[0].X) * 2, points[2].X - points[1].X, .05);
        Assert.Equal(points[1].Y - points[0].Y, points[2].Y - points[1].Y, .05);
    }

    [Fact]
    public void Values_that_are_not_finite_or_have_no_logarithm_are_gaps()
    {
        var path = Group(Render(new Plot().YAxis("", Scale.Logarithmic).Line("a", [1, 2, double.NaN, 3, 0, 4, 5, double.PositiveInfinity])), "c0").Elements().Single();
        Assert.Equal("MLMhML", string.Concat(((string)path.Attribute("d")!).Where(char.IsLetter)));
    }

    [Fact]
    public void Smoothing_starts_at_the_first_value_and_averages_the_rest()
    {
        Assert.Equal([4, 4, 4], LineSeries.Smooth([4, 4, 4], .9), (a, b) => Math.Abs(a - b) < 1e-12);
        var smooth = LineSeries.Smooth([1, double.NaN, 3], .5);
        Assert.Equal(1, smooth[0], 12);
        Assert.True(double.IsNaN(smooth[1]));
        Assert.Equal((.25 * 1 + .5 * 3) / .75, smooth[2], 12);
    }

    [Fact]
    public void A_line_of_very_many_points_is_thinned_but_keeps_its_extremes()
    {
        var points = Enumerable.Range(0, 100_000).Select(i => (X: i / 200.0, Y: i == 70_123 ? 900.0 : i == 30_001 ? -5 : i % 7)).ToArray();
        var kept = LineSeries.Thin(points, 500);
        Assert.InRange(kept.Count, 1000, 4004);
        Assert.Contains(points[70_123], kept);
        Assert.Contains(points[30_001], kept);
        Assert.Equal((points[0], points[^1]), (kept[0], kept[^1]));
    }

    [Fact]
    public void A_band_is_an_area_around_its_line_interrupted_by_gaps()
    {
        var shapes = Group(Render(new Plot().Band("a", [0, 1, 2, 3, 4], [1.0, 2, 3, 4, 5], [1, 1, double.NaN, 1, 1])), "c0").Elements().ToArray();
        Assert.Equal("MLLLZMLLLZ", string.Concat(((string)shapes[0].Attribute("d")!).Where(char.IsLetter)));
        Assert.Equal(5, Points(shapes[1]).Length);
    }

    [Fact]
    public void Bars_are_as_high_as_their_values_and_stand_on_zero()
    {
        var svg = Render(new Plot().Bars("ours", ["a", "b"], [2.0, -1.0]).Bars("control", ["a", "b"], [4.0, double.NaN], [.5, .5]));
        var (ours, control) = (Group(svg, "c0").Elements(Svg + "rect").ToArray(), Group(svg, "c1").Elements(Svg + "rect").ToArray());
        Assert.Single(control);
        Assert.Equal(Number(ours[0], "height") * 2, Number(control[0], "height"), .05);
        Assert.Equal(Number(ours[0], "height") / 2, Number(ours[1], "height"), .05);
        Assert.Equal(Number(ours[0], "y") + Number(ours[0], "height"), Number(ours[1], "y"), .05);
        Assert.True(Number(ours[0], "x") + Number(ours[0], "width") <= Number(control[0], "x"));
        Assert.Equal("a, control: 4 ± 0.5", control[0].Value);
        Assert.Superset(new HashSet<string> { "a", "b", "ours", "control", "2", "−1", "4" }, Texts(svg).ToHashSet());
    }

    [Fact]
    public void A_histogram_counts_each_finite_value_once()
    {
        var plot = new Plot().YAxis("", min: 0, max: 4).Histogram("h", [0, 1, 1, 1, 2, 3, 4, double.NaN], bins: 4);
        var points = Points(Group(Render(plot), "c0").Elements().Last());
        var unit = (points.Max(p => p.Y) - points.Min(p => p.Y)) / 2; // counts 1, 3, 1, 2
        Assert.Equal([1, 1, 3, 3, 1, 1, 2, 2], points.Select(p => (int)Math.Round((points[0].Y - p.Y) / unit) + 1));
    }

    [Fact]
    public void A_density_has_an_area_of_one()
    {
        var extent = new HistogramSeries("", [0, 0, 0, 2], 2, density: true).Extent(new Plot());
        Assert.Equal(.75, extent.Item2.High, 12);
    }

    [Fact]
    public void A_heat_map_colors_its_cells_with_row_zero_on_top()
    {
        var svg = Render(new Plot().HeatMap(new double[,] { { 0, 1, 2 }, { 3, 4, double.NaN } }, "weight", ColorMap.Gray, (0, 4), numbered: true, rows: ["p", "q"]));
        var cells = Group(svg, "plain").Descendants(Svg + "rect").ToArray();
        Assert.Equal(["#000000", "#404040", "#808080", "#bfbfbf", "#ffffff", "#999999"], cells.Select(c => (string)c.Attribute("fill")!));
        Assert.True(Number(cells[0], "y") < Number(cells[3], "y"));
        Assert.Equal("q, 1: 4", cells[4].Value);
        Assert.Contains("weight", Texts(svg));
    }

    [Fact]
    public void A_heat_map_of_many_cells_is_one_picture_turned_as_its_axis()
    {
        var values = new double[60, 50];
        values[0, 0] = 1;
        foreach (var (plot, row) in new[] { (new Plot().HeatMap(values, colors: ColorMap.Gray), 0), (new Plot().HeatMap(values, colors: ColorMap.Gray, y: (0, 1)), 59) })
        {
            var uri = (string)Render(plot).Descendants(Svg + "image").Single().Attribute("href")!;
            var picture = Png.Decode(Convert.FromBase64String(uri["data:image/png;base64,".Length..]));
            Assert.Equal((60, 50), (picture.Height, picture.Width));
            Assert.Equal(255, picture[row, 0, 0]);
            Assert.Equal(0, picture[59 - row, 0, 0]);
        }
    }

    [Fact]
    public void With_equal_scales_the_cells_of_a_heat_map_are_square()
    {
        var cell = Render(new Plot { EqualScales = true }.HeatMap(new double[3, 5])).Descendants(Svg + "g").First(g => (string?)g.Attribute("class") == "plain").Descendants(Svg + "rect").First();
        Assert.Equal(Number(cell, "width"), Number(cell, "height"), .02);
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        const string Hostile = "</text><script>alert(1)</script>\"'&\0";
        var svg = Render(new Plot(Hostile).XAxis(Hostile).YAxis(Hostile).Bars(Hostile, [Hostile], [1]).Level(Hostile, 1).Mark(Hostile, 0));
        Assert.Empty(svg.Descendants(Svg + "script"));
        Assert.Equal(Hostile.Replace('\0', '\uFFFD'), (string)svg.Attribute("aria-label")!);
    }

    [Fact]
    public void A_plot_without_data_says_so()
    {
        foreach (var plot in (Plot[])[new("t"), new Plot().Line("a", Array.Empty<double>()), new Plot().Scatter("a", [double.NaN], [1.0]), new Plot().Level("bound", 3),
            new Plot().YAxis("", Scale.Logarithmic).Line("a", [0, -1]), new Plot().Histogram("h", Array.Empty<float>())])
            Assert.Contains("no data", Texts(Render(plot)));
        Render(new Plot().Bars("a", [], Array.Empty<double>()));
        Render(new Plot().HeatMap(new double[0, 0], "nothing"));
    }

    [Fact]
    public void Extreme_values_give_finite_places()
    {
        Render(new Plot().Line("a", [double.MaxValue, -double.MaxValue, double.Epsilon, 0]));
        Render(new Plot().YAxis("", Scale.Logarithmic).Line("a", [double.MaxValue, double.Epsilon]));
        Render(new Plot().Line("constant", [7, 7, 7]));
        Render(new Plot().HeatMap(new[,] { { double.MaxValue, -double.MaxValue, double.PositiveInfinity } }, numbered: true));
        Render(new Plot().Bars("a", ["x", "y"], [1e-320, -double.MaxValue], [double.NaN, double.PositiveInfinity]));
        Render(new Plot().Histogram("h", [-double.MaxValue, double.MaxValue]));
    }

    [Fact]
    public void Adding_leaves_the_plot_it_is_added_to_as_it_was()
    {
        var plot = new Plot("t");
        var before = plot.ToSvg();
        plot.Line("a", [1, 2]).XAxis("x");
        Assert.Equal(before, plot.ToSvg());
    }

    [Fact]
    public void Everything_stays_on_the_page_for_long_names()
    {
        var names = Enumerable.Range(0, 30).Select(i => $"A rather long category with number {i}").ToArray();
        var svg = Render(new Plot(new string('W', 300)).Bars(string.Join(' ', names), names, names.Select((_, i) => i)));
        foreach (var text in svg.Elements(Svg + "text").Where(t => t.Attribute("x") is not null))
            Assert.InRange(Number(text, "x"), 0, 640);
        Assert.Contains(Texts(svg), t => t.EndsWith('…'));
    }

    [Fact]
    public void Mistakes_are_told_in_one_sentence()
    {
        Fails("Plot.Line: x has 2 values, y has 3; they must be as many.", () => new Plot().Line("a", [1, 2], [1, 2, 3]));
        Fails("Plot.Bars: 1 categories, 2 values; they must be as many.", () => new Plot().Bars("a", ["x"], [1, 2]));
        Fails("Plot.Bars: the categories differ from those the plot has.", () => new Plot().Bars("a", ["x"], [1]).Bars("b", ["y"], [1]));
        Fails("Plot.HeatMap: 1 names for 2 rows.", () => new Plot().HeatMap(new double[2, 2], rows: ["a"]));
        Fails("Plot.Line: smoothing is 1; 0 or more and less than 1 fits.", () => new Plot().Line("a", [1], smoothing: 1));
        Fails("Plot: the Y axis goes from 2 to 1; Min must be less than Max.", () => new Plot().YAxis("", min: 2, max: 1).ToSvg());
        Fails("Plot: the logarithmic X axis ends at 0; a positive number or null fits.", () => new Plot().XAxis("", Scale.Logarithmic, min: 0).ToSvg());
        Fails("Plot: the page is 10 × 10 pixels; 160 × 120 to 10000 × 10000 fit.", () => new Plot().Size(10, 10).ToSvg());

        static void Fails(string message, Action act) => Assert.Equal(message, Assert.Throws<ArgumentException>(act).Message);
    }
}
