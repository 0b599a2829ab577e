using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Strata.Nn;

namespace Strata.Serving.Tests;

/// <summary>A server on a free port and a client of it.</summary>
sealed class TestServer : IAsyncDisposable
{
    readonly ModelServer server;

    TestServer(ModelServer server)
    {
        this.server = server;
        Client = new HttpClient { BaseAddress = new Uri(server.Url) };
    }

    public HttpClient Client { get; }

    public string Url => server.Url;

    public static async Task<TestServer> Start(Model model, ServingOptions? options = null) => new(await ModelServer.StartAsync(model, (options ?? new ServingOptions()) with { Port = 0 }));

    public Task Stop() => server.StopAsync();

    public Task<HttpResponseMessage> Post(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return Client.PostAsync("/predict", content);
    }

    /// <summary>The answer to JSON, with its status.</summary>
    public async Task<(int Status, JsonElement Body)> Ask(string json)
    {
        var answer = await Post(Encoding.UTF8.GetBytes(json), "application/json");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The numbers of a JSON answer in the order that they stand there.</summary>
    public static float[] Numbers(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => [json.GetSingle()],
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.Object => [.. json.EnumerateObject().SelectMany(p => Numbers(p.Value))],
        _ => throw new InvalidOperationException($"{json.ValueKind}"),
    };

    /// <summary>A number of <c>/metrics</c>.</summary>
    public async Task<double> Metric(string name)
    {
        var text = await Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return double.Parse(text.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
    }
}
