using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Compilation;
using Strata.Compilation.Inspection;
using Strata.Compilation.Planning;

namespace Strata;

/// <summary>Where the time of compiled functions goes: every plan that runs in the process while a profiler is open reports to it.</summary>
/// <remarks><code>
/// using var profiler = Profiler.Start();
/// for (var i = 0; i &lt; 100; i++) step(batch);
/// Console.WriteLine(profiler);
/// </code></remarks>
public sealed class Profiler : IDisposable
{
    static Profiler? current;

    readonly Dictionary<Node, (long Calls, long Ticks)> nodes = [], inside = [];
    readonly HashSet<ExecutionPlan> plans = [];
    readonly Lock gate = new();
    long ticks;

    Profiler()
    {
    }

    /// <summary>The profiler that is open.</summary>
    internal static Profiler? Current => current;

    /// <summary>How many runs of plans there were.</summary>
    public long Runs { get; private set; }

    /// <summary>The time of these runs.</summary>
    public TimeSpan Total => Stopwatch.GetElapsedTime(0, ticks);

    /// <summary>The part of <see cref="Total"/> that operations took, 0 … 1; the rest is binding memory and reading clocks.</summary>
    public double Coverage
    {
        get
        {
            lock (gate) return ticks == 0 ? 0 : (double)nodes.Values.Sum(n => n.Ticks) / ticks;
        }
    }

    /// <summary>The memory of the plans' intermediate results, together.</summary>
    public long ArenaBytes
    {
        get
        {
            lock (gate) return plans.Sum(plan => plan.Memory.ArenaBytes);
        }
    }

    /// <summary>The kinds of operations, those that took most time first.</summary>
    public IReadOnlyList<ProfileRow> Operations => Rows(nodes, node => node.Operation.Name);

    /// <summary>The nodes of the plans, those that took most time first.</summary>
    public IReadOnlyList<ProfileRow> Nodes => Rows(nodes, node => node.ToString());

    /// <summary>The nodes of the bodies of loops, those that took most time first: where the time of the loops among <see cref="Nodes"/> went.</summary>
    public IReadOnlyList<ProfileRow> InsideLoops => Rows(inside, node => node.ToString());

    /// <summary>Opens a profiler for all threads.</summary>
    /// <exception cref="StrataException">One is open.</exception>
    public static Profiler Start()
    {
        var profiler = new Profiler();
        return Interlocked.CompareExchange(ref current, profiler, null) is null
            ? profiler
            : throw new StrataException("Profiler: one is open already; dispose it first.");
    }

    /// <summary>Ends the measurement; the numbers stay.</summary>
    public void Dispose() => Interlocked.CompareExchange(ref current, null, this);

    /// <summary>A table of the operations that took most time.</summary>
    public override string ToString() => ToString(rows: 20);

    /// <summary>A table of the <paramref name="rows"/> operations, and as many nodes, that took most time.</summary>
    public string ToString(int rows)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Runs} runs, {Total.TotalMilliseconds:0.0} ms; operations cover {Coverage:0.0%}; arenas {ProfileRow.Size(ArenaBytes)}\n");
        foreach (var (title, list) in new[] { ("by operation", Operations), ("by node", Nodes), ("inside loops, by node", InsideLoops) })
        {
            if (list.Count == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"\n{"ms",10} {"%",6} {"calls",8} {"µs/call",9} {"GB/s",7}  {title}\n");
            foreach (var row in list.Take(rows)) text.Append(row.ToLine(Total)).Append('\n');
            if (list.Count > rows) text.Append(CultureInfo.InvariantCulture, $"{list.Skip(rows).Sum(row => row.Time.TotalMilliseconds),10:0.00} {"",32}  {list.Count - rows} others\n");
        }

        return text.ToString();
    }

    /// <summary>Everything as JSON: <c>runs</c>, <c>milliseconds</c>, <c>coverage</c>, <c>arenaBytes</c>, and lists <c>operations</c>, <c>nodes</c> and <c>insideLoops</c>
    /// of <c>name</c>, <c>calls</c>, <c>milliseconds</c>, <c>bytes</c>.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("runs", Runs);
            json.WriteNumber("milliseconds", Total.TotalMilliseconds);
            json.WriteNumber("coverage", Coverage);
            json.WriteNumber("arenaBytes", ArenaBytes);
            foreach (var (name, list) in new[] { ("operations", Operations), ("nodes", Nodes), ("insideLoops", InsideLoops) })
            {
                json.WriteStartArray(name);
                foreach (var row in list)
                {
                    json.WriteStartObject();
                    json.WriteString("name", row.Name);
                    json.WriteNumber("calls", row.Calls);
                    json.WriteNumber("milliseconds", row.Time.TotalMilliseconds);
                    json.WriteNumber("bytes", row.Bytes);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The clock of a run that begins.</summary>
    internal ProfileClock Begin(ExecutionPlan plan) => new(plan, Add);

    /// <summary>The clock of a loop that begins, part of whose plan's run it is.</summary>
    internal ProfileClock BeginLoop(ExecutionPlan body) => new(body, (_, _, steps) => Add(inside, steps));

    /// <summary>The mean time of a node, if it ran.</summary>
    internal string? NoteOf(Node node)
    {
        lock (gate)
            return nodes.TryGetValue(node, out var n)
                ? string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(0, n.Ticks).TotalMicroseconds / n.Calls:0.0} µs")
                : null;
    }

    void Add(ExecutionPlan plan, long total, List<(Node Node, long Ticks)> steps)
    {
        lock (gate)
        {
            Runs++;
            ticks += total;
            plans.Add(plan);
            Add(nodes, steps);
        }
    }

    void Add(Dictionary<Node, (long Calls, long Ticks)> to, List<(Node Node, long Ticks)> steps)
    {
        lock (gate)
            foreach (var (node, taken) in steps)
            {
                var (calls, sum) = to.GetValueOrDefault(node);
                to[node] = (calls + 1, sum + taken);
            }
    }

    List<ProfileRow> Rows(Dictionary<Node, (long Calls, long Ticks)> of, Func<Node, string> name)
    {
        lock (gate)
            return [.. of.GroupBy(n => name(n.Key))
                .Select(group => new ProfileRow(
                    group.Key,
                    group.Sum(n => n.Value.Calls),
                    Stopwatch.GetElapsedTime(0, group.Sum(n => n.Value.Ticks)),
                    group.Sum(n => n.Value.Calls * n.Key.Inputs.Concat(n.Key.Outputs).Sum(x => x.Size * x.DType.Size()))))
                .OrderByDescending(row => row.Time)];
    }
}
