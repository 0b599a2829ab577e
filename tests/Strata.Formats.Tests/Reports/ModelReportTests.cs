using System.Text.RegularExpressions;
using Strata.Formats.Images;
using Strata.Formats.Reports;
using Strata.Nn;

namespace Strata.Formats.Tests.Reports;

public sealed class ModelReportTests
{
    static Sequential Built(Sequential model, Shape input)
    {
        model.BuildFor(input);
        return model;
    }

    [Fact]
    public void A_model_is_shown_with_its_table_its_drawing_its_filters_and_its_weights()
    {
        var model = Built(new Sequential(new Conv2D(2, 3) { Name = "<first>" }, new Flatten(), new Dense(4)) { Seed = 1 }, [5, 5, 1]);
        var kernel = model.Weights[0];
        float[] values = new float[18];
        for (var i = 0; i < 9; i++) (values[2 * i], values[(2 * i) + 1]) = (i - 4, 0); // filter 0 rises from −4 to 4; filter 1 is 0
        kernel.Assign(Tensor.From(values, [3, 3, 1, 2]));
        var html = new Report("r").Model("The model", model).ToHtml();

        Assert.Contains("Total params: 96", html); // 3·3·2 + 2 + 18·4 + 4
        Assert.Contains("class=\"strata-model\"", html);
        Assert.DoesNotContain("<first>", html);
        var pictures = Regex.Matches(html, "src=\"data:image/png;base64,([^\"]*)\"").Select(m => Png.Decode(Convert.FromBase64String(m.Groups[1].Value))).ToList();
        Assert.Equal(2, pictures.Count);
        Assert.Equal([0, 32, 64, 96, 128, 159, 191, 223, 255], pictures[0].Bytes.ToArray().Select(b => (int)b));
        Assert.All(pictures[1].Bytes.ToArray(), b => Assert.Equal(128, b));
        Assert.Equal(4, Regex.Count(html, "aria-label=\"[^\"]*(kernel|bias) \\[")); // one histogram a weight
    }

    [Fact]
    public void Filters_of_colors_are_colored_and_those_of_many_channels_stand_channel_by_channel()
    {
        Assert.Equal(5, Pictures(Built(new Sequential(new Conv2D(5, 2)), [4, 4, 3])));
        Assert.Equal(8, Pictures(Built(new Sequential(new Conv2D(2, 2)), [4, 4, 4])));
        Assert.Equal(0, Pictures(Built(new Sequential(new Conv2D(2, 1)), [4, 4, 4]))); // nothing to see in one pixel
        Assert.Equal(64, Pictures(Built(new Sequential(new Conv2D(40, 2)), [4, 4, 4])));

        static int Pictures(Model model) => Regex.Count(new Report("r").Model("m", model).ToHtml(), "<img ");
    }
}
