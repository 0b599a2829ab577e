using System.Xml.Linq;
using Strata.Formats.Images;
using Strata.Formats.Plots;

namespace Strata.Formats.Tests.Plots;

public sealed class PageTests
{
    static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_sheet_places_plots_row_by_row()
    {
        var plot = new Plot("one").Size(200, 150).Line("", [1, 2]);
        var page = XDocument.Parse(new PlotSheet([plot, plot, plot]).ToSvg()).Root!;
        Assert.Equal(["translate(0 0)", "translate(212 0)", "translate(0 162)"], page.Elements(svg + "g").Select(g => (string)g.Attribute("transform")!));
        Assert.Equal(("412", "312"), ((string)page.Attribute("width")!, (string)page.Attribute("height")!));
        Assert.Single(page.Descendants(svg + "style"));
    }

    [Fact]
    public void A_sheet_without_plots_is_a_page()
    {
        Assert.NotNull(XDocument.Parse(new PlotSheet([]).ToSvg()).Root);
        Assert.Equal("PlotSheet: 0 columns; at least 1 fits.", Assert.Throws<ArgumentException>(() => new PlotSheet([], 0).ToSvg()).Message);
    }

    [Fact]
    public void A_grid_enlarges_small_pictures_and_keeps_them_on_the_page()
    {
        var picture = new Image(2, 3, 1, [0, 50, 100, 150, 200, 250]);
        var page = XDocument.Parse(new PictureGrid("<Digits>", [.. Enumerable.Repeat((picture, "seven & a very long caption that does not fit"), 9)]) { Width = 360 }.ToSvg()).Root!;
        var images = page.Elements(svg + "image").ToList();
        Assert.Equal(9, images.Count);
        Assert.All(images, image =>
        {
            Assert.Equal(("72", "48"), ((string)image.Attribute("width")!, (string)image.Attribute("height")!)); // 24 times
            Assert.InRange((double)image.Attribute("x")! + 72, 0, 360);
            Assert.InRange((double)image.Attribute("y")! + 48, 0, (double)page.Attribute("height")!);
        });
        Assert.Equal(4, images.Count(image => (double)image.Attribute("y")! == (double)images[0].Attribute("y")!));
        var bytes = Convert.FromBase64String(((string)images[0].Attribute("href")!)["data:image/png;base64,".Length..]);
        Assert.Equal(picture.Bytes, Png.Decode(bytes).Bytes);
        Assert.Equal("<Digits>", (string)page.Attribute("aria-label")!);
    }

    [Fact]
    public void A_grid_without_pictures_is_a_page() => Assert.NotNull(XDocument.Parse(new PictureGrid("", []).ToSvg()).Root);

    [Fact]
    public void A_confusion_matrix_counts_and_shows_shares_of_the_true_class()
    {
        var matrix = new ConfusionMatrix([0, 0, 0, 1, 1], [0, 0, 1, 1, 1], 3);
        Assert.Equal((2, 1, 0, 2, 0), (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1], matrix[2, 2]));
        var drawn = matrix.ToPlot("Confusion", ["cat", "dog", "hen"]).ToSvg();
        Assert.Contains("<title>cat, cat: 0.67</title>", drawn);
        Assert.Contains("<title>cat, dog: 0.33</title>", drawn);
        Assert.Contains("<title>dog, dog: 1</title>", drawn);
    }

    [Fact]
    public void A_class_that_is_none_is_refused()
    {
        Assert.Contains("example 1 is of class 3 and was taken for 0; classes are 0 to 2", Assert.Throws<ArgumentException>(() => new ConfusionMatrix([0, 3], [0, 0], 3)).Message);
        Assert.Contains("1 labels and 2 predictions", Assert.Throws<ArgumentException>(() => new ConfusionMatrix([0], [0, 0], 3)).Message);
        Assert.Contains("0 classes", Assert.Throws<ArgumentException>(() => new ConfusionMatrix([], [], 0)).Message);
    }
}
