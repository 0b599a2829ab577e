using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Strata.Formats.Onnx;
using Strata.Nn;

namespace Strata.Serving;

/// <summary>Serves a model over HTTP, gathering concurrent requests into batches.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>POST /predict</c> with <c>application/json</c> (<c>{"instances": [example, …]}</c>, answered by <c>{"predictions": […]}</c>),
/// <c>application/octet-stream</c> (elements, row-major, little-endian) or <c>application/x-npy</c>; answered in kind.</item>
/// <item><c>GET /model</c>: name, inputs and outputs. <c>GET /health</c>: status 200, or 503 once the server is stopping.
/// <c>GET /metrics</c>: counts and times in Prometheus's format.</item>
/// </list>
/// Errors are JSON with one sentence: <c>{"error": "…"}</c>.
/// <code>
/// await using var server = await ModelServer.StartAsync(Model.Load("model.strata"), new ServingOptions { Port = 8080 });
/// </code>
/// </remarks>
public sealed class ModelServer : IAsyncDisposable
{
    static readonly TimeSpan quiet = TimeSpan.FromMilliseconds(200);

    readonly KestrelServer kestrel;
    readonly ServiceProvider services;
    readonly Batcher batcher;
    readonly Endpoints endpoints;
    readonly ServingOptions options;
    bool stopped;

    ModelServer(Model model, ServingOptions options)
    {
        options.Check();
        this.options = options;
        var served = new ServedModel(model, options.Name ?? model.Name, options.MaxBatch, (model as OnnxModel)?.Batch);
        var metrics = new ServingMetrics(served.Name);
        batcher = new Batcher(served, options.MaxQueue, metrics);
        endpoints = new Endpoints(served, batcher, metrics, options);

        // Kestrel alone, without a host: neither configuration nor logging nor injection is needed, and trimming keeps less.
        services = new ServiceCollection().BuildServiceProvider();
        var kestrelOptions = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = services };
        kestrelOptions.Limits.MaxRequestBodySize = null; // the endpoints see to it
        kestrelOptions.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrelOptions.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel = new KestrelServer(Options.Create(kestrelOptions), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>Where the server listens, as in <c>http://127.0.0.1:8080</c>.</summary>
    public string Url => kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Makes the model's plans and begins to listen.</summary>
    /// <param name="model">The model, whose weights exist. It must not be used elsewhere meanwhile.</param>
    /// <param name="options">How it is served.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StrataException">An option is out of range, the model cannot be served, or the address is taken.</exception>
    public static async Task<ModelServer> StartAsync(Model model, ServingOptions? options = null, CancellationToken cancellation = default)
    {
        var server = new ModelServer(model, options ?? new ServingOptions());
        try
        {
            await server.kestrel.StartAsync(server.endpoints, cancellation);
            return server;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new StrataException($"Serving: {new IPEndPoint(server.options.Address, server.options.Port)} cannot be listened on: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Answers what is asked until nothing is under way, closing each connection after its answer, and ends; at the latest after <see cref="ServingOptions.ShutdownTimeout"/>.</summary>
    public async Task StopAsync()
    {
        if (stopped) return;
        stopped = true;
        endpoints.IsStopping = true;
        using var limit = new CancellationTokenSource(options.ShutdownTimeout);
        // Kestrel would close a connection whose next request is on its way already. So those in use end with an answer that says so.
        for (var began = Environment.TickCount64; endpoints.Quiet < quiet && Environment.TickCount64 - began < options.ShutdownTimeout.TotalMilliseconds / 2;) await Task.Delay(10);
        await kestrel.StopAsync(limit.Token);
        batcher.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        kestrel.Dispose();
        await services.DisposeAsync();
    }
}
