using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strata.Formats;

namespace Strata.Cli.Dashboard;

/// <summary>Serves the dashboard to this machine: the page, the list of runs, their numbers, pictures and reports, and the news of runs under way.</summary>
/// <remarks>It only reads, listens on 127.0.0.1 alone, and answers only requests for that host, so that a page from elsewhere that has its name
/// resolve to this machine (DNS rebinding) learns nothing.</remarks>
internal sealed class DashboardServer : IAsyncDisposable
{
    // Reports and pictures come from files: whatever they hold, nothing of it runs or is loaded from elsewhere.
    const string FilePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    readonly RunCatalog catalog;
    readonly WebApplication application;
    readonly CancellationTokenSource ending = new();

    DashboardServer(RunCatalog catalog, WebApplication application) => (this.catalog, this.application) = (catalog, application);

    /// <summary>The folder of runs.</summary>
    public string Folder => catalog.Root;

    /// <summary>Where the page is.</summary>
    public string Address => application.Urls.First();

    /// <summary>Begins to listen.</summary>
    /// <param name="folder">The folder of runs.</param>
    /// <param name="port">The port; 0: any that is free.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StrataException">There is no such folder, or the port is taken.</exception>
    public static async Task<DashboardServer> StartAsync(string folder, int port, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(folder)) throw new StrataException($"There is no folder '{folder}'; 'strata run' makes 'runs', and 'strata dashboard FOLDER' shows another.");
        // Nothing of the environment counts: no settings, no log, no address but the one below.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var server = new DashboardServer(new RunCatalog(folder), builder.Build());
        server.application.Run(server.AnswerAsync);
        try
        {
            await server.application.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new StrataException($"dashboard: port {port} cannot be listened on ({e.Message.TrimEnd('.')}); choose another with --port.", e);
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync(); // streams of news end only now
        await application.DisposeAsync();
        ending.Dispose();
    }

    async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        if (request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            await FailAsync(response, StatusCodes.Status403Forbidden, "The dashboard answers requests for 127.0.0.1 only.");
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            await FailAsync(response, StatusCodes.Status405MethodNotAllowed, "The dashboard only reads.");
            return;
        }

        try
        {
            await (request.Path.Value switch
            {
                "/" => PageAsync(response),
                "/api/runs" => SendAsync(response, "application/json", RunJson.List(catalog.Find())),
                "/api/metrics" => MetricsAsync(request, response),
                "/api/news" => NewsAsync(context),
                "/picture" => PictureAsync(request, response),
                "/report" => ReportAsync(request, response),
                _ => FailAsync(response, StatusCodes.Status404NotFound, "There is no such page."),
            });
        }
        catch (DataFileException e)
        {
            await FailAsync(response, StatusCodes.Status422UnprocessableEntity, e.Message);
        }
        catch (IOException) when (!response.HasStarted)
        {
            await FailAsync(response, StatusCodes.Status404NotFound, "The file was removed.");
        }
    }

    static Task PageAsync(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = DashboardPage.Policy;
        return SendAsync(response, "text/html; charset=utf-8", DashboardPage.Content);
    }

    Task MetricsAsync(HttpRequest request, HttpResponse response)
    {
        if (Run(request) is not { } run) return NoRunAsync(response);
        if (!long.TryParse(request.Query["from"].FirstOrDefault() ?? "0", out var from) || from < 0) return FailAsync(response, StatusCodes.Status400BadRequest, "'from' is a number of bytes.");
        return SendAsync(response, "application/json", RunJson.Curves(run, from));
    }

    async Task NewsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending.Token);
        await new NewsStream(catalog).WriteAsync(context.Response.Body, end.Token);
    }

    Task PictureAsync(HttpRequest request, HttpResponse response)
    {
        if (Run(request)?.PictureFile(request.Query["name"].FirstOrDefault() ?? "") is not { } file) return NoRunAsync(response);
        response.Headers.ContentSecurityPolicy = FilePolicy;
        response.ContentType = Path.GetExtension(file) == ".svg" ? "image/svg+xml" : "image/png";
        return response.SendFileAsync(file);
    }

    Task ReportAsync(HttpRequest request, HttpResponse response)
    {
        if (Run(request) is not { HasReport: true } run) return NoRunAsync(response);
        response.Headers.ContentSecurityPolicy = FilePolicy;
        response.ContentType = "text/html; charset=utf-8";
        return response.SendFileAsync(run.ReportFile);
    }

    FoundRun? Run(HttpRequest request) => catalog.Get(request.Query["run"].FirstOrDefault() ?? "");

    static Task NoRunAsync(HttpResponse response) => FailAsync(response, StatusCodes.Status404NotFound, "There is no such run, or it has no such file.");

    static Task FailAsync(HttpResponse response, int status, string sentence)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(sentence);
    }

    static async Task SendAsync(HttpResponse response, string type, ReadOnlyMemory<byte> content)
    {
        response.ContentType = type;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method)) await response.Body.WriteAsync(content);
    }
}
