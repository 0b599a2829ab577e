using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strata.Serving;

/// <summary>What the server answers to which request.</summary>
sealed class Endpoints(ServedModel model, Batcher batcher, ServingMetrics metrics, ServingOptions options) : IHttpApplication<HttpContext>
{
    const string Json = "application/json", Elements = "application/octet-stream", Npy = "application/x-npy";

    // What is sent is no part of a page, so quotes need no escapes.
    static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly byte[] description = Describe(model);
    int active;
    long lastEnd = Environment.TickCount64;

    /// <summary>Whether the server is about to end: each answer then is the last on its connection, so that no client sends what nobody will read.</summary>
    public bool IsStopping { get; set; }

    /// <summary>For how long no request has been under way.</summary>
    public TimeSpan Quiet => Volatile.Read(ref active) > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref lastEnd));

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var began = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref active);
        try
        {
            await Answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is there any more
        }
        catch (RequestException e)
        {
            await Fail(context, e.Status, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await Fail(context, e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is not IOException)
        {
            await Fail(context, StatusCodes.Status500InternalServerError, $"The server failed: {e.GetType().Name}: {e.Message}");
        }
        finally
        {
            Volatile.Write(ref lastEnd, Environment.TickCount64);
            Interlocked.Decrement(ref active);
        }

        metrics.RequestDone(context.Response.StatusCode, Stopwatch.GetElapsedTime(began));
    }

    Task Answer(HttpContext context)
    {
        var request = context.Request;
        switch (request.Path.Value)
        {
            case "/predict":
                Require("POST");
                return Predict(context);
            case "/model":
                Require("GET");
                return Write(context, StatusCodes.Status200OK, Json, description);
            case "/health":
                Require("GET");
                return IsStopping
                    ? Write(context, StatusCodes.Status503ServiceUnavailable, Json, """{"status":"stopping"}"""u8.ToArray())
                    : Write(context, StatusCodes.Status200OK, Json, """{"status":"ok"}"""u8.ToArray());
            case "/metrics":
                Require("GET");
                return Write(context, StatusCodes.Status200OK, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(metrics.Text(batcher.Waiting)));
            default:
                throw new RequestException(404, $"There is no '{request.Path}'; there are POST /predict, GET /model, GET /health and GET /metrics.");
        }

        void Require(string method)
        {
            if (request.Method == method || (method == "GET" && request.Method == "HEAD")) return;
            context.Response.Headers.Allow = method;
            throw new RequestException(405, $"{request.Path} is asked with {method}, not with {request.Method}.");
        }
    }

    async Task Predict(HttpContext context)
    {
        var kind = KindOf(context.Request.ContentType);
        var (buffer, length) = await ReadBody(context);
        Examples examples;
        var byRow = true;
        try
        {
            var body = buffer.AsSpan(0, length);
            if (kind == Json) (examples, byRow) = JsonBody.Read(body, model.Inputs);
            else examples = kind == Npy ? BinaryBody.ReadNpy(body, model.Inputs) : BinaryBody.ReadElements(body, model.Inputs);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var outputs = await batcher.Predict(examples, context.RequestAborted);
        if (kind == Json)
        {
            var text = new ArrayBufferWriter<byte>(256);
            JsonBody.Write(text, outputs, model.Outputs, byRow);
            await Write(context, StatusCodes.Status200OK, Json, text.WrittenMemory);
        }
        else
        {
            await Write(context, StatusCodes.Status200OK, kind, kind == Npy ? BinaryBody.WriteNpy(outputs, model.Outputs) : BinaryBody.WriteElements(outputs, model.Outputs));
        }
    }

    static string KindOf(string? contentType)
    {
        var kind = (contentType ?? "").AsSpan();
        if (kind.IndexOf(';') is >= 0 and var end) kind = kind[..end];
        kind = kind.Trim();
        foreach (var known in (ReadOnlySpan<string>)[Json, Elements, Npy])
            if (kind.Equals(known, StringComparison.OrdinalIgnoreCase)) return known;
        throw new RequestException(415, $"The content type '{contentType}' cannot be read, expected {Json}, {Elements} or {Npy}.");
    }

    /// <returns>An array of the pool and how much of it is the body.</returns>
    async ValueTask<(byte[] Buffer, int Length)> ReadBody(HttpContext context)
    {
        if (context.Request.ContentLength > options.MaxBodyBytes) throw TooLarge();
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(context.Request.ContentLength ?? 4096, 1 << 16)); // larger only when the bytes have come
        var length = 0;
        try
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                if (length + read.Buffer.Length > options.MaxBodyBytes)
                {
                    context.Request.BodyReader.AdvanceTo(read.Buffer.End); // Kestrel reads on for some seconds, so that the answer reaches who is still writing
                    throw TooLarge();
                }

                foreach (var part in read.Buffer)
                {
                    if (length + part.Length > buffer.Length)
                    {
                        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, length + part.Length));
                        buffer.AsSpan(0, length).CopyTo(larger);
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = larger;
                    }

                    part.Span.CopyTo(buffer.AsSpan(length));
                    length += part.Length;
                }

                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return (buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    RequestException TooLarge() => new(413, $"The body is larger than {options.MaxBodyBytes} bytes.");

    Task Fail(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // an answer that is half out cannot be taken back
            return Task.CompletedTask;
        }

        if (status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "1";
        var text = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(text, readable))
        {
            json.WriteStartObject();
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        }

        return Write(context, status, Json, text.WrittenMemory);
    }

    Task Write(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        if (IsStopping) context.Response.Headers.Connection = "close";
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }

    static byte[] Describe(ServedModel model)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, readable))
        {
            json.WriteStartObject();
            json.WriteString("name", model.Name);
            Ports("inputs", model.Inputs);
            Ports("outputs", model.Outputs);
            json.WriteNumber("max_batch", model.MaxBatch);
            json.WriteEndObject();

            void Ports(string name, IReadOnlyList<Port> ports)
            {
                json.WriteStartArray(name);
                foreach (var port in ports)
                {
                    json.WriteStartObject();
                    json.WriteString("name", port.Name);
                    json.WriteString("type", port.Type.DType.Name());
                    json.WriteStartArray("shape");
                    foreach (var size in port.Type.Shape) json.WriteNumberValue(size);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        }

        return text.WrittenSpan.ToArray();
    }
}
