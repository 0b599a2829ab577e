using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Strata.Nn;

/// <summary>Posts the logs of each epoch as JSON to a server: <c>{"epoch": 0, "loss": …}</c> in a form field. A server that does not answer is
/// a warning, not a failure.</summary>
/// <param name="root">The server's address.</param>
/// <param name="path">Where on the server.</param>
/// <param name="field">The name of the form field.</param>
/// <param name="sendAsJson">Whether to send the JSON as the body itself.</param>
/// <param name="warnings">Where warnings go; by default the console's error stream.</param>
public sealed class RemoteMonitor(
    string root = "http://localhost:9000", string path = "/publish/epoch/end/", string field = "data", bool sendAsJson = false, TextWriter? warnings = null) : Callback
{
    static readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(10) };

    readonly Uri address = new(new Uri(root), path);

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(int epoch, Logs logs)
    {
        var message = new JsonObject { ["epoch"] = epoch };
        foreach (var (name, value) in logs) message[name] = Config.Of(value);
        var json = message.ToJsonString();
        HttpContent content = sendAsJson
            ? new StringContent(json, new MediaTypeHeaderValue("application/json", "utf-8"))
            : new FormUrlEncodedContent([new(field, json)]);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var response = client.Send(request);
            if (!response.IsSuccessStatusCode) Warn($"it answered {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Warn(e.Message);
        }
    }

    void Warn(string what) => (warnings ?? Console.Error).WriteLine($"RemoteMonitor: the logs could not be posted to {address}: {what}");
}
