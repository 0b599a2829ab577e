using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Strata.Bench.Serving;

/// <summary>One client with one connection: asks, waits for the answer, compares it, asks again.</summary>
sealed class Client(Uri server, byte[][] requests, float[][] expected, bool json)
{
    const float Tolerance = 1e-5f; // batches of other sizes round otherwise
    readonly byte[] buffer = new byte[1 << 16];

    /// <summary>Seconds that each answered request took.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>Answers that differ from the model's own prediction, or are errors.</summary>
    public int Wrong { get; private set; }

    /// <summary>Requests that were sent and not answered.</summary>
    public int Lost { get; private set; }

    /// <summary>Whether the last connection ended because the server closed it.</summary>
    public bool WasClosed { get; private set; }

    /// <summary>Asks until told to stop, or until the server closes the connection.</summary>
    public async Task Run(int first, int step, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, CancellationToken.None);
        for (var n = first; !stop.IsCancellationRequested; n += step)
        {
            var i = n % requests.Length;
            var began = Stopwatch.GetTimestamp();
            var (status, closes, body) = await Ask(socket, requests[i]);
            if (status == 0)
            {
                Lost++;
                WasClosed = true;
                return;
            }

            Latencies.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (status != 200 || !IsRight(body.Span, expected[i])) Wrong++;
            if (!closes) continue;
            WasClosed = true;
            return;
        }
    }

    async ValueTask<(int Status, bool Closes, ReadOnlyMemory<byte> Body)> Ask(Socket socket, byte[] request)
    {
        try
        {
            await socket.SendAsync(request);
            var (have, headers) = (0, -1);
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(have));
                if (read == 0) return default;
                have += read;
                if (headers < 0) headers = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
                if (headers < 0) continue;
                var head = buffer.AsSpan(0, headers);
                var at = head.IndexOf("Content-Length: "u8) + 16;
                Utf8Parser.TryParse(head[at..], out int length, out _);
                if (have < headers + 4 + length) continue;
                Utf8Parser.TryParse(head[9..], out int status, out _);
                return (status, head.IndexOf("Connection: close"u8) >= 0, buffer.AsMemory(headers + 4, length));
            }
        }
        catch (SocketException)
        {
            return default;
        }
    }

    bool IsRight(ReadOnlySpan<byte> body, float[] wanted)
    {
        if (!json)
        {
            var got = MemoryMarshal.Cast<byte, float>(body);
            if (got.Length != wanted.Length) return false;
            for (var i = 0; i < wanted.Length; i++)
                if (!(Math.Abs(got[i] - wanted[i]) <= Tolerance)) return false;
            return true;
        }

        var reader = new Utf8JsonReader(body);
        var count = 0;
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.Number && (count == wanted.Length || !(Math.Abs(reader.GetSingle() - wanted[count++]) <= Tolerance))) return false;
        return count == wanted.Length;
    }

    /// <summary>A request with one example as bytes.</summary>
    public static byte[] BinaryRequest(float[] example) => Request("application/octet-stream", MemoryMarshal.AsBytes(example.AsSpan()));

    /// <summary>A request with one example as JSON.</summary>
    public static byte[] JsonRequest(float[] example, Shape shape)
    {
        var text = new StringBuilder("{\"instances\":[");
        var next = 0;
        Append(0);
        return Request("application/json", Encoding.UTF8.GetBytes(text.Append("]}").ToString()));

        void Append(int axis)
        {
            if (axis == shape.Rank)
            {
                text.Append(CultureInfo.InvariantCulture, $"{example[next++]}");
                return;
            }

            for (var i = 0; i < shape[axis]; i++)
            {
                text.Append(i == 0 ? '[' : ',');
                Append(axis + 1);
            }

            text.Append(']');
        }
    }

    static byte[] Request(string type, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
