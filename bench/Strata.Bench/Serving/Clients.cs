using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Strata.Bench.Serving;

/// <summary>Many clients on one thread, so that they take as little as they can of the processor that they share with the server: requests made ahead,
/// blocking sockets, one poll for all.</summary>
sealed partial class Clients(Uri server, int count, byte[][] requests, float[][] expected, bool json)
{
    const short Readable = 1;
    const int Patience = 10_000; // milliseconds without any answer after which what is under way counts as lost

    /// <summary>Seconds that each answered request took.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>Answers that differ from the model's own prediction, or are errors.</summary>
    public int Wrong { get; private set; }

    /// <summary>Requests that were sent and not answered.</summary>
    public int Lost { get; private set; }

    /// <summary>Connections that the server closed.</summary>
    public int Closed { get; private set; }

    /// <summary>Asks for some time, and takes the answers to what is under way then.</summary>
    public unsafe void Run(TimeSpan time)
    {
        var connections = Enumerable.Range(0, count).Select(_ => new Connection(server)).ToArray();
        var waiting = new Poll[count];
        var (open, clock) = (count, Stopwatch.StartNew());
        for (var i = 0; i < count; i++)
        {
            waiting[i] = new Poll { Handle = connections[i].Handle, Events = Readable };
            Ask(i, i);
        }

        while (open > 0)
        {
            int ready;
            fixed (Poll* first = waiting) ready = poll(first, (nuint)count, Patience);
            if (ready == 0)
            {
                Lost += open;
                break;
            }

            for (var i = 0; i < count && ready > 0; i++)
            {
                if (waiting[i].Handle < 0 || waiting[i].Happened == 0) continue;
                ready--;
                if (connections[i].Receive() is { } answer) Take(i, answer.Status, answer.Closes, answer.Seconds, answer.Body.Span);
            }
        }

        foreach (var connection in connections) connection.Dispose();

        void Take(int i, int status, bool closes, double seconds, ReadOnlySpan<byte> body)
        {
            var number = connections[i].Request;
            if (status == 0)
            {
                Lost++;
            }
            else
            {
                Latencies.Add(seconds);
                if (status != 200 || !Connection.IsRight(body, expected[number % requests.Length], json)) Wrong++;
            }

            if (closes) Closed++;
            if (closes || clock.Elapsed > time) End(i);
            else Ask(i, number + count + 1);
        }

        void Ask(int i, int number)
        {
            if (connections[i].Ask(number, requests[number % requests.Length])) return;
            Lost++;
            Closed++;
            End(i);
        }

        void End(int i)
        {
            waiting[i].Handle = -1; // of which poll takes no notice
            open--;
        }
    }

    [LibraryImport("libc")]
    private static unsafe partial int poll(Poll* connections, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    struct Poll
    {
        public int Handle;
        public short Events;
        public short Happened;
    }
}
