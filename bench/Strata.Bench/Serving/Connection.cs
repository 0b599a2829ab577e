using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Strata.Bench.Serving;

/// <summary>One client: it asks, waits for the answer, compares it with what is expected, and asks again.</summary>
sealed class Connection : IDisposable
{
    const float Tolerance = 1e-5f; // batches of other sizes round otherwise

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] buffer = new byte[1 << 13];
    int have;
    long began;

    public Connection(Uri server) => socket.Connect(server.Host, server.Port);

    public int Handle => (int)socket.Handle;

    /// <summary>The number of the request under way.</summary>
    public int Request { get; private set; }

    /// <summary>Sends a request.</summary>
    /// <returns>Whether the server took it.</returns>
    public bool Ask(int number, byte[] request)
    {
        (Request, have, began) = (number, 0, Stopwatch.GetTimestamp());
        try
        {
            return socket.Send(request, SocketFlags.None, out var error) == request.Length && error == SocketError.Success;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Takes what has come.</summary>
    /// <returns>The answer once it is whole: its status (0: the server closed the connection), whether the server says that it is the last, the seconds that it took.</returns>
    public (int Status, bool Closes, double Seconds, ReadOnlyMemory<byte> Body)? Receive()
    {
        var count = socket.Receive(buffer.AsSpan(have), SocketFlags.None, out var error);
        if (count == 0 || error != SocketError.Success) return (0, true, 0, default);
        have += count;
        var headers = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        if (headers < 0) return null;
        var head = buffer.AsSpan(0, headers);
        Utf8Parser.TryParse(head[(head.IndexOf("Content-Length: "u8) + 16)..], out int length, out _);
        if (have < headers + 4 + length) return null;
        Utf8Parser.TryParse(head[9..], out int status, out _);
        return (status, head.IndexOf("Connection: close"u8) >= 0, Stopwatch.GetElapsedTime(began).TotalSeconds, buffer.AsMemory(headers + 4, length));
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Whether an answer has the numbers wanted.</summary>
    public static bool IsRight(ReadOnlySpan<byte> body, float[] wanted, bool json)
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
}
