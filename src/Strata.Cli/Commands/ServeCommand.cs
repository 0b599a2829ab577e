using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Spectre.Console;
using Strata.Gallery;
using Strata.Serving;

namespace Strata.Cli.Commands;

/// <summary><c>strata serve MODEL</c>: answers predictions over HTTP until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var defaults = new ServingOptions();
        var model = new Argument<string>("MODEL") { Description = "A .strata file, the folder of a run, or an .onnx file." };
        var host = new Option<string>("--host") { Description = "The address to listen on; 0.0.0.0 takes requests from other machines.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "The port; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => defaults.Port };
        var batch = new Option<int>("--max-batch") { Description = "The most examples that the model is given at once.", HelpName = "N", DefaultValueFactory = _ => defaults.MaxBatch };
        var queue = new Option<int>("--max-queue") { Description = "The most examples that wait; more are refused with status 503.", HelpName = "N", DefaultValueFactory = _ => defaults.MaxQueue };
        var body = new Option<int>("--max-body") { Description = "The most KiB of a request; more are refused with status 413.", HelpName = "N", DefaultValueFactory = _ => defaults.MaxBodyBytes >> 10 };
        var command = new Command("serve", "Serves a model over HTTP, gathering concurrent requests into batches.") { model, host, port, batch, queue, body };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(body) is < 1 or > 1 << 20) throw new StrataException($"--max-body: {parsed.GetValue(body)} was given; 1 to {1 << 20} KiB are possible.");
            var address = AddressOf(parsed.GetValue(host)!);
            var file = ModelFile.Open(parsed.GetRequiredValue(model));
            var stop = new TaskCompletionSource();
            using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            await using var server = await ModelServer.StartAsync(file.Model, new ServingOptions
            {
                Name = file.Name,
                Address = address,
                Port = parsed.GetValue(port),
                MaxBatch = parsed.GetValue(batch),
                MaxQueue = parsed.GetValue(queue),
                MaxBodyBytes = parsed.GetValue(body) << 10,
            });
            AnsiConsole.WriteLine($"Serving '{file.Name}' on {server.Url}: POST /predict, GET /model, GET /health, GET /metrics. Ctrl-C ends.");
            if (!IPAddress.IsLoopback(address)) AnsiConsole.WriteLine("Anybody who reaches this machine can ask; there is no authentication.");
            await stop.Task;
            AnsiConsole.WriteLine("Stopping: requests under way are answered.");
            await server.StopAsync();
            return Application.Ok;

            void Stop(PosixSignalContext signal) => signal.Cancel = stop.TrySetResult(); // a second one ends the process at once
        });
        return command;
    }

    static IPAddress AddressOf(string host) => host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new StrataException($"--host: '{host}' is no address of this machine; write one as 127.0.0.1, ::1 or 0.0.0.0.");
}
