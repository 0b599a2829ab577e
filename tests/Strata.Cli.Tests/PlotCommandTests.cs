using System.Xml.Linq;

namespace Strata.Cli.Tests;

public sealed class PlotCommandTests : IDisposable
{
    static readonly XNamespace svg = "http://www.w3.org/2000/svg";
    readonly StrataCommand strata = new();

    public PlotCommandTests()
    {
        foreach (var (seed, shift) in new[] { (1, 0.0), (2, 2.0) })
        {
            var lines = Enumerable.Range(1, 5).Select(i => FormattableString.Invariant($"{{\"step\":{i * 10},\"time\":{i},\"net/loss\":{6 - i + shift},\"net/val_loss\":{7 - i}}}"));
            strata.Write($"runs/net-{seed}/metrics.jsonl", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n{\"step\":0,\"time\":9,\"claim\":1}\n"));
        }
    }

    public void Dispose() => strata.Dispose();

    XElement Drawn(string file) => XDocument.Load(Path.Combine(strata.Folder, file)).Root!;

    string Run(params string[] arguments)
    {
        var answer = strata.Run(["plot", .. arguments]);
        Assert.Equal("", answer.Error);
        Assert.Equal(0, answer.ExitCode);
        return answer.Output;
    }

    [Fact]
    public void Curves_of_several_runs_share_a_plot()
    {
        Run("runs", "--metric", "loss", "--out", "loss.svg");
        var drawn = Drawn("loss.svg");
        Assert.Equal("net/loss", (string)drawn.Attribute("aria-label")!);
        Assert.Contains(drawn.Descendants(svg + "text"), t => t.Value == "net-1");
        Assert.Contains(drawn.Descendants(svg + "text"), t => t.Value == "net-2");
    }

    [Fact]
    public void Without_a_wish_every_curve_is_drawn_and_single_numbers_are_not()
    {
        Run("runs/net-1");
        Assert.Equal(["net/loss", "net/val_loss"], Drawn("plot.svg").Descendants(svg + "svg").Select(s => (string?)s.Attribute("aria-label")).OfType<string>());
    }

    [Fact]
    public void Runs_of_several_seeds_become_a_band()
    {
        Run("runs", "--metric", "net/loss", "--over-seeds", "--out", "band.svg");
        var drawn = Drawn("band.svg");
        Assert.Contains(drawn.Descendants(svg + "text"), t => t.Value == "net (2 runs)");
        Assert.Contains(drawn.Descendants(svg + "path"), p => (string?)p.Attribute("fill-opacity") == ".18");
    }

    [Fact]
    public void Numbers_are_listed() => Assert.Matches(@"net-2 +│ net/loss +│ 5 +│ 3", Run("runs", "--list"));

    [Fact]
    public void Mistakes_are_told_in_one_sentence()
    {
        Fails("no run has 'accuracy'; there are claim, net/loss, net/val_loss", "plot", "runs", "--metric", "accuracy");
        Fails("There is no run 'nowhere'.", "plot", "nowhere");
        Fails("holds none", "plot", ".");
        Fails("--smooth: 1", "plot", "runs", "--smooth", "1");

        void Fails(string sentence, params string[] arguments)
        {
            var answer = strata.Run(arguments);
            Assert.Equal(2, answer.ExitCode);
            Assert.Contains(sentence, answer.Error);
        }
    }
}
