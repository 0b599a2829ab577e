using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Strata.Games.Protocols;

/// <summary>Lines to and from an engine that runs as a program of its own. Every wait for it ends: in a line, or in an
/// <see cref="EngineException"/> that says what the engine failed to do.</summary>
public sealed class EngineConnection : IDisposable
{
    const int MaxWaiting = 10_000; // lines nobody has read yet; a faster engine has to wait
    readonly TextWriter toEngine;
    readonly BlockingCollection<string> lines = new(MaxWaiting);
    readonly Process? process;

    /// <summary>An engine at the other end of two streams.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="fromEngine">What the engine writes; read on a thread of its own until it ends.</param>
    /// <param name="toEngine">What the engine reads.</param>
    /// <param name="patience">How long an answer may take beyond the time given for it; a minute by default.</param>
    public EngineConnection(string name, TextReader fromEngine, TextWriter toEngine, TimeSpan? patience = null)
    {
        (Name, this.toEngine, Patience) = (name, toEngine, patience ?? TimeSpan.FromMinutes(1));
        new Thread(() => Listen(fromEngine)) { IsBackground = true, Name = $"from {name}" }.Start();
    }

    EngineConnection(string name, Process process, TimeSpan? patience)
        : this(name, process.StandardOutput, process.StandardInput, patience) => this.process = process;

    /// <summary>Starts a program.</summary>
    /// <param name="program">A path, or a name on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="patience">How long an answer may take beyond the time given for it; a minute by default.</param>
    /// <exception cref="EngineException">It cannot be started.</exception>
    public static EngineConnection Start(string program, IEnumerable<string>? arguments = null, TimeSpan? patience = null)
    {
        var info = new ProcessStartInfo(program, arguments ?? []) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            return new EngineConnection(Path.GetFileName(program), Process.Start(info)!, patience);
        }
        catch (Win32Exception e)
        {
            throw new EngineException($"{program}: cannot be started: {e.Message}.");
        }
    }

    /// <summary>How messages call the engine.</summary>
    public string Name { get; }

    /// <summary>How long an answer may take beyond the time given for it.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Sends a line.</summary>
    /// <exception cref="EngineException">The engine no longer reads.</exception>
    public void Say(string line)
    {
        try
        {
            toEngine.Write(line + "\n");
            toEngine.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new EngineException($"{Name}: ended before '{Quote.Short(line)}'.");
        }
    }

    /// <summary>Reads lines until one fits, and returns it.</summary>
    /// <param name="fits">Looks at each line.</param>
    /// <param name="expected">What is waited for, for the message.</param>
    /// <param name="time">How long the engine was told to think; <see cref="Patience"/> is added.</param>
    /// <param name="stop">Once set, <paramref name="onStop"/> is called and the wait goes on.</param>
    /// <param name="onStop">Asks the engine to come to an end.</param>
    /// <exception cref="EngineException">The engine ended or took too long.</exception>
    public string Await(Predicate<string> fits, string expected, TimeSpan time = default, CancellationToken stop = default, Action? onStop = null)
    {
        ArgumentNullException.ThrowIfNull(fits);
        var (started, limit) = (Stopwatch.GetTimestamp(), time + Patience);
        while (true)
        {
            var left = limit - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) throw new EngineException($"{Name}: no {expected} within {limit.TotalSeconds:0.#} s.");
            try
            {
                if (!lines.TryTake(out var line, (int)Math.Min(left.TotalMilliseconds + 1, int.MaxValue), stop))
                {
                    if (lines.IsCompleted) throw new EngineException($"{Name}: ended without {expected}.");
                }
                else if (fits(line))
                {
                    return line;
                }
            }
            catch (OperationCanceledException)
            {
                stop = CancellationToken.None;
                onStop?.Invoke();
            }
        }
    }

    /// <summary>Asks the engine to quit, and ends its process if it does not within a second.</summary>
    public void Dispose()
    {
        try
        {
            Say("quit");
        }
        catch (EngineException)
        {
            // it has gone already
        }

        if (process is null) return;
        if (!process.WaitForExit(1000)) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    void Listen(TextReader fromEngine)
    {
        try
        {
            var source = new LineSource(fromEngine);
            while (source.Next(out _) is { } line) lines.Add(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the stream broke: for who waits, the engine ended
        }

        lines.CompleteAdding();
    }
}
