using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Strata.Reinforcement;

/// <summary>A process at the other end of the protocol of <see cref="RemoteEnv"/>. Waiting for it always ends: a timer ends the process, which
/// ends the wait.</summary>
sealed class RemotePeer : IDisposable
{
    const int LongestLine = 1 << 20;

    readonly Process process;
    readonly Stream input, output;
    readonly TimeSpan timeout;
    readonly Timer watchdog;
    readonly ArrayBufferWriter<byte> request = new();
    readonly Utf8JsonWriter writer;
    readonly string program;
    readonly byte[] buffer = new byte[1 << 16];
    int start, end; // what of the buffer was read but not used
    string lastWords = "";
    volatile bool timedOut;
    bool broken;

    readonly ManualResetEventSlim silent = new(); // its error stream has ended

    public RemotePeer(string program, IEnumerable<string> arguments, TimeSpan timeout)
    {
        (this.program, this.timeout) = (Path.GetFileName(program), timeout);
        var info = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        try
        {
            process = Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new EnvironmentException($"The outside environment's program '{program}' cannot be started: {e.Message}.", e);
        }

        (input, output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is null) silent.Set();
            else if (!string.IsNullOrWhiteSpace(e.Data)) lastWords = e.Data.Trim();
        };
        process.BeginErrorReadLine();
        writer = new Utf8JsonWriter(request);
        watchdog = new Timer(_ =>
        {
            timedOut = true;
            Kill();
        });
    }

    /// <summary>Sends a request and reads the line that answers it.</summary>
    public JsonDocument Ask(Action<Utf8JsonWriter> write)
    {
        Open();
        write(writer);
        return Exchange();
    }

    /// <summary>As <see cref="Ask"/>, without a closure.</summary>
    public JsonDocument Step(AgentAction action)
    {
        Open();
        writer.WriteString("command", "step");
        if (action.Values.IsEmpty)
        {
            writer.WriteNumber("action", action.Index);
        }
        else
        {
            writer.WriteStartArray("action");
            foreach (var x in action.Values) writer.WriteNumberValue(x);
            writer.WriteEndArray();
        }

        return Exchange();
    }

    /// <summary>Reads the raw bytes behind a line.</summary>
    public void Payload(JsonElement root, Span<byte> destination)
    {
        var bytes = Number(root, "bytes");
        if (bytes != destination.Length) throw Failure($"announced {bytes} bytes where {destination.Length} belong");
        Guarded(destination, static (peer, to) =>
        {
            while (!to.IsEmpty)
            {
                if (peer.start == peer.end) peer.Fill();
                var count = Math.Min(to.Length, peer.end - peer.start);
                peer.buffer.AsSpan(peer.start, count).CopyTo(to);
                peer.start += count;
                to = to[count..];
            }
        });
    }

    public double Number(JsonElement root, string name) => root.TryGetProperty(name, out var x) && x.ValueKind == JsonValueKind.Number && x.TryGetDouble(out var value)
        ? value
        : throw Failure($"sent no number '{name}'");

    public bool Truth(JsonElement root, string name) => root.TryGetProperty(name, out var x) && x.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? x.ValueKind == JsonValueKind.True
        : throw Failure($"sent no truth value '{name}'");

    /// <summary>The error for an answer out of order, after which nothing more can be asked.</summary>
    public EnvironmentException Failure(string what, Exception? cause = null)
    {
        broken = true;
        Kill();
        silent.Wait(5000); // its last words may still be on their way
        var said = lastWords == "" ? "" : $" It last said: {lastWords}";
        return new EnvironmentException($"The outside environment ('{program}') {what}.{said}", cause);
    }

    public void Dispose()
    {
        if (!broken)
        {
            try
            {
                input.Write("{\"command\":\"close\"}\n"u8);
                input.Close();
                process.WaitForExit(500);
            }
            catch (IOException)
            {
                // It is gone already.
            }
        }

        Kill();
        watchdog.Dispose();
        writer.Dispose();
        process.Dispose();
    }

    void Open()
    {
        if (broken) throw new EnvironmentException($"The outside environment ('{program}') was ended after an error; start it anew.");
        request.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
    }

    JsonDocument Exchange()
    {
        writer.WriteEndObject();
        writer.Flush();
        request.Write("\n"u8);
        byte[] line = [];
        Guarded([], (peer, _) =>
        {
            input.Write(request.WrittenSpan);
            input.Flush();
            line = peer.ReadLine();
        });
        try
        {
            var reply = JsonDocument.Parse(line);
            if (reply.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
            if (reply.RootElement.TryGetProperty("error", out var error)) throw Failure($"reports: {error}");
            return reply;
        }
        catch (JsonException e)
        {
            var text = System.Text.Encoding.UTF8.GetString(line.AsSpan(0, Math.Min(line.Length, 60)));
            throw Failure($"answered '{text}', which is no line of its protocol", e);
        }
    }

    void Guarded(Span<byte> destination, GuardedWork work)
    {
        watchdog.Change(timeout, Timeout.InfiniteTimeSpan);
        try
        {
            work(this, destination);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            if (timedOut) throw Failure($"did not answer within {timeout.TotalSeconds:0.#} s and was ended", e);
            process.WaitForExit(500); // its last words and exit code may still be on the way
            throw Failure(process.HasExited ? $"ended with exit code {process.ExitCode} instead of answering" : "closed its output", e);
        }
        finally
        {
            watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    byte[] ReadLine()
    {
        var line = new ArrayBufferWriter<byte>(256);
        while (true)
        {
            if (start == end) Fill();
            var rest = buffer.AsSpan(start, end - start);
            var stop = rest.IndexOf((byte)'\n');
            line.Write(stop < 0 ? rest : rest[..stop]);
            start += stop < 0 ? rest.Length : stop + 1;
            if (line.WrittenCount > LongestLine) throw Failure($"sent a line of more than {LongestLine} bytes");
            if (stop >= 0) return line.WrittenSpan.ToArray();
        }
    }

    void Fill()
    {
        start = 0;
        end = output.Read(buffer);
        if (end == 0) throw new EndOfStreamException();
    }

    void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    delegate void GuardedWork(RemotePeer peer, Span<byte> destination);
}
