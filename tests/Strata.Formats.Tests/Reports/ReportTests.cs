using System.Text.RegularExpressions;
using Strata.Formats.Images;
using Strata.Formats.Plots;
using Strata.Formats.Reports;

namespace Strata.Formats.Tests.Reports;

public sealed partial class ReportTests : IDisposable
{
    const string Hostile = "</title></style><script>alert(1)</script>\"' onload='x' <img src=x onerror=y>&amp;\0";

    readonly string folder = Directory.CreateTempSubdirectory("strata").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Image Gray(int height, int width, byte value) => new(height, width, 1, [.. Enumerable.Repeat(value, height * width)]);

    static Report Everything(string text) => new Report(text).Subtitle(text).Heading(text).Text(text).Code(text).Facts((text, text))
        .Claims(new ReportClaim(text, text, text, text, true)).Table([text], [[text]], text).Plots(new Plot(text).Line(text, [1, 2]))
        .Images(text, (Gray(2, 2, 0), text)).Animation(text, [Gray(2, 2, 0), Gray(2, 2, 9)]).Section(text, r => r.Text(text));

    static List<string> Tags(string html) => [.. TagPattern().Matches(html).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("<(/?[a-zA-Z0-9]+)(?: [^<>]*)?>")]
    private static partial Regex TagPattern();

    [Fact]
    public void Hostile_text_adds_no_element_anywhere()
    {
        var html = Everything(Hostile).ToHtml();
        var calm = Regex.Replace(Hostile, "[<>\"'&\0]", "x"); // as long, so that plots break it into as many lines
        Assert.Equal(Tags(Everything(calm).ToHtml()), Tags(html));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("\0", html);
    }

    [Fact]
    public void Every_element_is_closed_in_order()
    {
        var open = new Stack<string>();
        foreach (var tag in Tags(Everything("calm").ToHtml()).Where(t => t is not ("meta" or "img" or "path" or "rect")))
        {
            if (tag[0] == '/') Assert.Equal(tag[1..], open.Pop());
            else open.Push(tag);
        }

        Assert.Empty(open);
    }

    [Fact]
    public void The_page_loads_nothing_and_forbids_the_browser_to()
    {
        var html = Everything("calm").ToHtml();
        Assert.Contains("default-src 'none'", html);
        Assert.All(SourcePattern().Matches(html), m => Assert.StartsWith("data:image/png;base64,", m.Groups[1].Value));
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("@import", html);
    }

    [GeneratedRegex("(?:src=\"|href=\"|url\\()([^\")]*)")]
    private static partial Regex SourcePattern();

    [Fact]
    public void The_head_counts_the_claims_that_hold()
    {
        var report = new Report("r").Claims(Claim(true), Claim(false)).Claims(Claim(true));
        Assert.Contains("<span class=\"verdict bad\">✗ 2 of 3 claims hold</span>", report.ToHtml());
        Assert.Contains("<span class=\"verdict good\">✓ 1 of 1 claims hold</span>", new Report("r").Claims(Claim(true)).ToHtml());
        Assert.DoesNotContain("claims hold", new Report("r").ToHtml());

        static ReportClaim Claim(bool holds) => new("s", "m", "b", "c", holds);
    }

    [Fact]
    public void A_report_takes_in_the_parts_and_claims_of_another()
    {
        var part = new Report("unseen").Text("of the other").Claims(new ReportClaim("s", "m", "b", "c", false));
        var html = new Report("r").Text("before").Append(part).Text("after").ToHtml();
        Assert.Matches("(?s)before.*of the other.*after", html);
        Assert.Contains("0 of 1 claims hold", html);
        Assert.DoesNotContain("unseen", html);
    }

    [Fact]
    public void A_picture_can_be_taken_out_of_the_page_again()
    {
        var picture = new Image(2, 3, 3, [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 14))]);
        var uri = SourcePattern().Match(new Report("r").Images("", picture).ToHtml()).Groups[1].Value;
        Assert.Equal(picture.Bytes, Png.Decode(Convert.FromBase64String(uri["data:image/png;base64,".Length..])).Bytes);
    }

    [Theory]
    [InlineData(28, 28, 112)]
    [InlineData(1, 1, 96)]
    [InlineData(200, 300, 300)]
    public void Small_pictures_are_enlarged_by_a_whole_factor(int height, int width, int shown) =>
        Assert.Contains($"width=\"{shown}\"", new Report("r").Images("", Gray(height, width, 1)).ToHtml());

    [Fact]
    public void Columns_of_numbers_are_aligned_at_the_right()
    {
        var html = new Report("r").Table(["name", "error"], [["a", "−1.5 %"], ["b", "12"], ["c", "—"]]).ToHtml();
        Assert.Contains("<th class=\"\">name</th><th class=\"number\">error</th>", html);
    }

    [Fact]
    public void An_animation_is_a_strip_of_its_frames()
    {
        var (strip, count) = FilmStrip.Of([Gray(2, 3, 1), new Image(2, 3, 3, new byte[18]), Gray(2, 3, 9)]);
        Assert.Equal((6, 3, 3, 3), (strip.Height, strip.Width, strip.Channels, count));
        Assert.Equal([1, 1, 0, 0, 9, 9], Enumerable.Range(0, 6).Select(y => strip[y, 2, 1]));
        Assert.Contains("steps(3,jump-none)", new Report("r").Animation("", [Gray(2, 3, 1), Gray(2, 3, 2), Gray(2, 3, 3)]).ToHtml());
        Assert.DoesNotContain("steps(", new Report("r").Animation("", [Gray(2, 3, 1)]).ToHtml());
    }

    [Fact]
    public void A_long_animation_keeps_evenly_chosen_frames()
    {
        var (strip, count) = FilmStrip.Of([.. Enumerable.Range(0, 200).Select(i => Gray(200, 1, (byte)i))]);
        Assert.Equal(81, count);
        Assert.Equal(81 * 200, strip.Height);
        Assert.Equal((0, 98, 197), (strip[0, 0, 0], strip[40 * 200, 0, 0], strip[80 * 200, 0, 0]));
    }

    [Fact]
    public void An_empty_line_begins_a_paragraph() =>
        Assert.Contains("<p>one\ntwo</p>\n<p>three</p>", new Report("r").Text("one\r\ntwo\r\n\r\n\r\n  three\n").ToHtml());

    [Fact]
    public void Saving_makes_the_folder_and_replaces_the_file()
    {
        var path = Path.Combine(folder, "run", "report.html");
        new Report("one").Save(path);
        new Report("two").Save(path);
        Assert.Equal(new Report("two").ToHtml(), File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Mistakes_are_told_in_one_sentence()
    {
        Fails("Report.Table: a row has 1 cells for 2 columns.", () => new Report("r").Table(["a", "b"], [["1"]]));
        Fails("Report.Animation: there are no frames; one or more fit.", () => new Report("r").Animation("", []));
        Fails("Report.Animation: 0 frames per second; a number above 0 fits.", () => new Report("r").Animation("", [Gray(1, 1, 0)], 0));
        Fails("Report.Animation: a frame is 2 × 1 pixels, the first is 1 × 1; all must be of one size.", () => new Report("r").Animation("", [Gray(1, 1, 0), Gray(1, 2, 0)]));

        static void Fails(string message, Action act) => Assert.Equal(message, Assert.Throws<ArgumentException>(act).Message);
    }
}
