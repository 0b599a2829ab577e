using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Strata.Nn.Tests.Callbacks;

public sealed class RemoteMonitorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logs_of_each_epoch_are_posted(bool json)
    {
        var port = FreePort();
        using var server = new HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var received = new List<string>();
        var serving = Task.Run(async () =>
        {
            while (received.Count < 2)
            {
                var request = await server.GetContextAsync();
                received.Add($"{request.Request.HttpMethod} {request.Request.Url!.AbsolutePath} {await new StreamReader(request.Request.InputStream).ReadToEndAsync()}");
                request.Response.Close();
            }
        });
        await Task.Run(() => Fit(new RemoteMonitor($"http://127.0.0.1:{port}", sendAsJson: json)));
        await serving;
        var head = "POST /publish/epoch/end/ " + (json ? "" : "data=");
        Assert.All(received, r => Assert.StartsWith(head, r, StringComparison.Ordinal));
        var logs = JsonNode.Parse(Uri.UnescapeDataString(received[1][head.Length..].Replace('+', ' ')))!;
        Assert.Equal(1, (int)logs["epoch"]!);
        Assert.True((double)logs["loss"]! >= 0);
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_warning()
    {
        var warnings = new StringWriter();
        Fit(new RemoteMonitor($"http://127.0.0.1:{FreePort()}", warnings: warnings));
        Assert.StartsWith("RemoteMonitor: the logs could not be posted to http://127.0.0.1:", warnings.ToString(), StringComparison.Ordinal);
    }

    static void Fit(RemoteMonitor monitor)
    {
        var model = new Sequential(new Dense(1)) { Seed = 1 };
        model.Compile("sgd", "mse");
        model.Fit(Tensor.Ones([4, 1]), Tensor.Ones([4, 1]), epochs: 2, callbacks: [monitor], verbose: false);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
