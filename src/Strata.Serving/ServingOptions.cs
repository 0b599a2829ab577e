using System.Net;

namespace Strata.Serving;

/// <summary>How a model is served.</summary>
public sealed record ServingOptions
{
    /// <summary>What the model is called in its description and metrics; null: its own name.</summary>
    public string? Name { get; init; }

    /// <summary>Where to listen: by default on this machine alone.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one, which <see cref="ModelServer.Url"/> then tells.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The most examples that the model is given at once.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>The most examples that wait for the model; more are refused with status 503.</summary>
    public int MaxQueue { get; init; } = 1024;

    /// <summary>The most bytes of a request's body; more are refused with status 413.</summary>
    public int MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>The most connections at once; more are closed.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>How long requests may take to end once the server is told to stop.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        Require(Port is >= 0 and <= 65535, nameof(Port), Port, "0 to 65535");
        Require(MaxBatch is >= 1 and <= 65536, nameof(MaxBatch), MaxBatch, "1 to 65536");
        Require(MaxQueue >= 1, nameof(MaxQueue), MaxQueue, "at least 1");
        Require(MaxBodyBytes is >= 1 and <= 1 << 30, nameof(MaxBodyBytes), MaxBodyBytes, "1 byte to 1 GiB");
        Require(MaxConnections >= 1, nameof(MaxConnections), MaxConnections, "at least 1");

        static void Require(bool condition, string name, int value, string range)
        {
            if (!condition) throw new StrataException($"Serving: {name} is {value}, expected {range}.");
        }
    }
}
