using System.Net;
using System.Text.Json;
using Strata.Cli.Dashboard;
using Strata.Formats.Metrics;
using Strata.Formats.Reports;

namespace Strata.Cli.Tests.Dashboard;

/// <summary>What the dashboard's server answers. What a browser makes of it: <c>tests/browser</c>.</summary>
public sealed class DashboardTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("strata-").FullName;
    readonly HttpClient client = new();
    DashboardServer server = null!;

    public async Task InitializeAsync()
    {
        Write("net-1/metrics.jsonl", "{\"step\":1,\"time\":0.5,\"loss\":2}\n{\"step\":2,\"time\":1,\"loss\":\"NaN\"}\n");
        Write("net-1/report.html", "<!doctype html><title>report</title>");
        Write("net-1/pictures/001-digits.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Write("net-1/pictures/notes.txt", "none of the page's business");
        Write("secret.txt", "secret");
        new RunDescription
        {
            Title = "A net", Recipe = "net", Seed = 1, Started = DateTimeOffset.UnixEpoch, Seconds = 3, Claims = [new ReportClaim("It learns", "1", "≥ 1", "–", true)],
        }.Save(Path.Combine(folder, "net-1", "run.json"));
        Write("deep/down/net-2/metrics.jsonl", "");
        server = await DashboardServer.StartAsync(folder, port: 0);
        client.BaseAddress = new Uri(server.Address);
        client.Timeout = TimeSpan.FromSeconds(30);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    async Task<JsonElement> Json(string address) => JsonDocument.Parse(await client.GetStringAsync(address)).RootElement;

    [Fact]
    public void It_listens_on_this_machine_alone() => Assert.StartsWith("http://127.0.0.1:", server.Address);

    [Fact]
    public async Task The_page_is_one_document_that_loads_nothing()
    {
        var answer = await client.GetAsync("/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("/*script*/", page);
        Assert.DoesNotContain("src=\"", page);
        Assert.DoesNotContain("https://", page);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'sha256-", policy);
        Assert.DoesNotContain("unsafe", policy);
    }

    [Fact]
    public async Task Runs_are_listed_with_what_they_say_of_themselves_the_newest_first()
    {
        var runs = await Json("/api/runs");
        Assert.Equal(["deep/down/net-2", "net-1"], runs.EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        var run = runs[1];
        Assert.Equal(("A net", "finished", 3.0, true), (run.GetProperty("title").GetString(), run.GetProperty("state").GetString(), run.GetProperty("seconds").GetDouble(), run.GetProperty("report").GetBoolean()));
        Assert.Equal("It learns", run.GetProperty("claims")[0].GetProperty("sentence").GetString());
        Assert.Equal(["001-digits.svg"], run.GetProperty("pictures").EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task Numbers_come_from_where_the_reader_left_off()
    {
        var all = await Json("/api/metrics?run=net-1");
        Assert.Equal("""{"steps":[1,2],"times":[0.5,1],"values":[2,null]}""", all.GetProperty("curves").GetProperty("loss").GetRawText());
        var next = all.GetProperty("next").GetInt64();
        File.AppendAllText(Path.Combine(folder, "net-1", "metrics.jsonl"), "{\"step\":3,\"time\":2,\"loss\":7}\n");
        Assert.Equal("""{"steps":[3],"times":[2],"values":[7]}""", (await Json($"/api/metrics?run=net-1&from={next}")).GetProperty("curves").GetProperty("loss").GetRawText());
        Assert.Equal(0, (await Json("/api/metrics?run=net-1&from=100000")).GetProperty("from").GetInt64());
    }

    [Fact]
    public async Task News_tell_of_new_numbers_and_new_runs()
    {
        using var answer = await client.GetAsync("/api/news", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(("runs", "net-1"), await Next());
        File.AppendAllText(Path.Combine(folder, "net-1", "metrics.jsonl"), "{\"step\":3,\"time\":2,\"loss\":7}\n");
        Assert.Equal(("grown", "net-1"), await Next());
        Write("net-3/metrics.jsonl", "");
        Assert.Equal(("runs", "net-3"), await Next());

        // The name of the next event, and which run it is about.
        async Task<(string, string?)> Next()
        {
            var name = (await lines.ReadLineAsync())!["event: ".Length..];
            var data = JsonDocument.Parse((await lines.ReadLineAsync())!["data: ".Length..]).RootElement;
            Assert.Equal("", await lines.ReadLineAsync());
            return (name, name == "grown" ? data.GetProperty("run").GetString() : data.EnumerateArray().Select(r => r.GetProperty("id").GetString()!).Order(StringComparer.Ordinal).Last());
        }
    }

    [Theory]
    [InlineData("/picture?run=net-1&name=001-digits.svg", "image/svg+xml")]
    [InlineData("/report?run=net-1", "text/html")]
    public async Task Files_of_a_run_can_do_nothing_in_the_browser(string address, string type)
    {
        var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("/picture?run=net-1&name=notes.txt")]
    [InlineData("/picture?run=net-1&name=../run.json")]
    [InlineData("/picture?run=net-1&name=..%2F..%2Fsecret.txt")]
    [InlineData("/picture?run=..&name=secret.txt")]
    [InlineData("/picture")]
    [InlineData("/report?run=deep/down/net-2")]
    [InlineData("/api/metrics?run=nothing")]
    [InlineData("/secret.txt")]
    [InlineData("/../secret.txt")]
    public async Task Nothing_else_is_reached(string address) => Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address)).StatusCode);

    [Fact]
    public async Task A_page_from_elsewhere_learns_nothing()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/runs") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request)).StatusCode);
        Assert.False((await client.GetAsync("/api/runs")).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task It_only_reads() => Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/api/runs", null)).StatusCode);

    [Fact]
    public async Task Damaged_numbers_are_told_in_one_sentence_and_harm_no_other_run()
    {
        Write("bad/metrics.jsonl", "nonsense\n");
        Write("bad/run.json", "nonsense");
        var answer = await client.GetAsync("/api/metrics?run=bad");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("line 1 is not an object of numbers", await answer.Content.ReadAsStringAsync());
        Assert.Equal(3, (await Json("/api/runs")).GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/metrics?run=net-1&from=x")).StatusCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_folder_that_is_missing_are_told()
    {
        var port = new Uri(server.Address).Port;
        Assert.Contains($"port {port} cannot be listened on", (await Assert.ThrowsAsync<StrataException>(() => DashboardServer.StartAsync(folder, port))).Message);
        Assert.Contains("There is no folder 'nowhere'", (await Assert.ThrowsAsync<StrataException>(() => DashboardServer.StartAsync("nowhere", 0))).Message);
    }
}
