using System.Xml.Linq;

namespace Strata.Nn.Tests.Models;

public sealed class PlotTests
{
    static Model TwoInputs()
    {
        var (a, b) = (new Input([16]), new Input([32]));
        return new Model([a, b], Add.Of(new Dense(8).Apply(a), new Dense(8).Apply(b)).Then(new Dense(4) { Name = "h{ea}d" })) { Seed = 1 };
    }

    [Fact]
    public void A_graph_is_drawn_in_DOT() => Assert.Equal(
        """
        digraph model {
          node [shape=record];
          n0 [label="{input_1: Input|(None, 16)}"];
          n1 [label="{input_2: Input|(None, 32)}"];
          n2 [label="{dense_1: Dense|(None, 8)}"];
          n3 [label="{dense_2: Dense|(None, 8)}"];
          n4 [label="{add_1: Add|(None, 8)}"];
          n5 [label="{h\{ea\}d: Dense|(None, 4)}"];
          n0 -> n2;
          n1 -> n3;
          n2 -> n4;
          n3 -> n4;
          n4 -> n5;
        }

        """.Replace("\r\n", "\n"),
        TwoInputs().ToDot());

    [Fact]
    public void The_picture_has_a_box_a_layer_and_an_arrow_a_connection()
    {
        foreach (var (model, boxes, arrows) in ((Model, int, int)[])[(TwoInputs(), 6, 5), (new Sequential(new Input([3]), new Dense(2), new Dense(1)), 3, 2)])
        {
            var svg = XDocument.Parse(model.ToSvg());
            XNamespace ns = "http://www.w3.org/2000/svg";
            Assert.Equal(boxes, svg.Descendants(ns + "rect").Count());
            Assert.Equal(arrows, svg.Root!.Elements(ns + "path").Count(path => (string?)path.Attribute("class") == "a"));
            var width = double.Parse(svg.Root!.Attribute("width")!.Value, System.Globalization.CultureInfo.InvariantCulture);
            Assert.All(svg.Descendants(ns + "rect"), r => Assert.InRange((double)r.Attribute("x")! + (double)r.Attribute("width")!, 0, width));
        }
    }
}
