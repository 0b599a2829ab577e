using System.Text.Json;
using Strata.Formats.Images;

namespace Strata.Reinforcement;

/// <summary>An environment of another process, by a protocol of lines on its standard input and output: the Arcade Learning Environment or any other of
/// Gymnasium through the script <see cref="Gymnasium"/> runs.</summary>
/// <remarks>
/// A request is one line of JSON; a reply is one line of JSON and, if that has <c>"bytes": n</c>, n raw bytes behind it.
/// <list type="bullet">
/// <item><c>{"command":"make","id":…,"arguments":{…}}</c> → <c>{"observation_space":S,"action_space":S,"meanings":[…]}</c>, S being
/// <c>{"type":"discrete","count":n}</c>, <c>{"type":"multi_discrete","counts":[…]}</c>, <c>{"type":"multi_binary","count":n}</c>,
/// <c>{"type":"box","shape":[…],"dtype":"uint8","low":x,"high":x}</c> or <c>{"type":"dict","spaces":{name:S,…}}</c>, whose elements are those of its parts in the order of
/// their names, one after the other</item>
/// <item><c>{"command":"reset","seed":n}</c> → <c>{"bytes":n,"info":{…}}</c> and the observation, row-major, little-endian</item>
/// <item><c>{"command":"step","action":n or […]}</c> → the same with <c>"reward":x,"terminated":b,"truncated":b</c></item>
/// <item><c>{"command":"render"}</c> → <c>{"height":h,"width":w,"channels":c,"bytes":n}</c> and the samples</item>
/// <item><c>{"command":"close"}</c> → the process ends</item>
/// <item>any → <c>{"error":"…"}</c></item>
/// </list>
/// A peer that is silent too long is ended; that and everything else out of order is one <see cref="EnvironmentException"/>.
/// </remarks>
public sealed class RemoteEnv : Env
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly RemotePeer peer;
    Dictionary<string, double> info = [];

    RemoteEnv(RemotePeer peer, string id, Space observations, Space actions, IReadOnlyList<string> meanings)
        : base(observations, actions) => (this.peer, Name, Meanings) = (peer, id, meanings);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What the actions mean, by their numbers, if the peer said so.</summary>
    public IReadOnlyList<string> Meanings { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Info => info;

    /// <summary>Starts a program that speaks the protocol.</summary>
    /// <param name="program">The program.</param>
    /// <param name="programArguments">Its command line.</param>
    /// <param name="id">The environment that it is asked for.</param>
    /// <param name="arguments">What it is to be made with, as in <c>frameskip</c>: 1.</param>
    /// <param name="timeout">The longest that an answer may take; by default a minute.</param>
    /// <exception cref="EnvironmentException">The program cannot be started, dies, is silent or says something else.</exception>
    public static RemoteEnv Start(
        string program,
        IEnumerable<string> programArguments,
        string id,
        IReadOnlyDictionary<string, object>? arguments = null,
        TimeSpan? timeout = null)
    {
        var peer = new RemotePeer(program, programArguments, timeout ?? patience);
        try
        {
            using var reply = peer.Ask(writer =>
            {
                writer.WriteString("command", "make");
                writer.WriteString("id", id);
                writer.WriteStartObject("arguments");
                foreach (var (key, value) in arguments ?? new Dictionary<string, object>()) Write(writer, key, value);
                writer.WriteEndObject();
            });
            var root = reply.RootElement;
            string[] meanings = root.TryGetProperty("meanings", out var names) && names.ValueKind == JsonValueKind.Array
                ? [.. names.EnumerateArray().Select(n => n.ToString())]
                : [];
            return new RemoteEnv(peer, id, RemoteSpace.Read(peer, root, "observation_space"), RemoteSpace.Read(peer, root, "action_space"), meanings);
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>An environment of the Python package Gymnasium, which must be installed (with <c>ale-py</c> for Atari games).</summary>
    /// <param name="id">Its name, as in <c>ALE/Breakout-v5</c>.</param>
    /// <param name="arguments">What it is to be made with.</param>
    /// <param name="python">The interpreter.</param>
    /// <param name="timeout">The longest that an answer may take; by default a minute.</param>
    /// <inheritdoc cref="Start"/>
    public static RemoteEnv Gymnasium(string id, IReadOnlyDictionary<string, object>? arguments = null, string python = "python3", TimeSpan? timeout = null)
    {
        try
        {
            return Start(python, ["-u", "-c", HostScript], id, arguments, timeout);
        }
        catch (EnvironmentException e)
        {
            throw new EnvironmentException($"{e.Message} '{id}' needs Python with the package gymnasium and, for Atari games, ale-py.", e);
        }
    }

    /// <summary>The script that speaks the protocol for Gymnasium.</summary>
    public static string HostScript
    {
        get
        {
            using var stream = typeof(RemoteEnv).Assembly.GetManifestResourceStream("gymnasium_host.py")!;
            return new StreamReader(stream).ReadToEnd();
        }
    }

    /// <inheritdoc/>
    protected override void Begin(long? seed)
    {
        using var reply = peer.Ask(writer =>
        {
            writer.WriteString("command", "reset");
            if (seed is { } s) writer.WriteNumber("seed", s);
        });
        Read(reply.RootElement);
    }

    /// <inheritdoc/>
    protected override StepResult Advance(AgentAction action)
    {
        using var reply = peer.Step(action);
        var root = reply.RootElement;
        var result = new StepResult(peer.Number(root, "reward"), peer.Truth(root, "terminated"), peer.Truth(root, "truncated"));
        Read(root);
        return result;
    }

    /// <inheritdoc/>
    public override Image Render()
    {
        using var reply = peer.Ask(writer => writer.WriteString("command", "render"));
        var root = reply.RootElement;
        var (height, width, channels) = ((int)peer.Number(root, "height"), (int)peer.Number(root, "width"), (int)peer.Number(root, "channels"));
        if (height is < 1 or > 4096 || width is < 1 or > 4096 || channels is < 1 or > 4) throw peer.Failure($"sent a picture of {height}×{width}×{channels}");
        var samples = new byte[height * width * channels];
        peer.Payload(root, samples);
        return new Image(height, width, channels, samples);
    }

    /// <inheritdoc/>
    protected override void Transfer(EnvSnapshot snapshot) => throw new EnvironmentException($"{Name}: the state of an outside environment cannot be taken or set; record its actions instead.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) peer.Dispose();
    }

    void Read(JsonElement root)
    {
        peer.Payload(root, Writable<byte>());
        info = [];
        if (!root.TryGetProperty("info", out var entries) || entries.ValueKind != JsonValueKind.Object) return;
        foreach (var entry in entries.EnumerateObject())
            if (entry.Value.ValueKind == JsonValueKind.Number) info[entry.Name] = entry.Value.GetDouble();
    }

    static void Write(Utf8JsonWriter writer, string key, object value)
    {
        switch (value)
        {
            case bool b: writer.WriteBoolean(key, b); break;
            case int n: writer.WriteNumber(key, n); break;
            case double x: writer.WriteNumber(key, x); break;
            default: writer.WriteString(key, value.ToString()); break;
        }
    }
}
