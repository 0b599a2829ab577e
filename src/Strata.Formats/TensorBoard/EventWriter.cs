using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Formats.Images;
using Strata.Formats.Protobuf;

namespace Strata.Formats.TensorBoard;

/// <summary>Writes an event file that TensorBoard shows: numbers, distributions, pictures and texts over training steps. Safe to call from
/// several threads.</summary>
public sealed partial class EventWriter : IDisposable
{
    readonly Lock gate = new();
    readonly TimeProvider clock;
    readonly FileStream stream;

    /// <summary>Begins a new file <c>events.out.tfevents.&lt;time&gt;.&lt;host&gt;</c> in a folder, which is made.</summary>
    /// <param name="folder">The folder of the run; TensorBoard names runs by their folders.</param>
    /// <param name="clock">What tells the time of events; null: the system's clock.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EventWriter(string folder, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        var now = this.clock.GetUtcNow();
        var host = NotOfHostNames().Replace(Environment.MachineName, "-");
        var name = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{host}"));
        stream = Create(name);
        FilePath = stream.Name;
        Append(EventMessages.FileVersion(now));
        Flush();
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Writes one number, with single precision; NaN and infinities are shown as such.</summary>
    public void Scalar(string tag, long step, double value) => Write(step, EventMessages.Scalar(tag, (float)value));

    /// <summary>Writes the distribution of values; those that are not finite are left out.</summary>
    public void Histogram(string tag, long step, ReadOnlySpan<float> values) => Histogram(tag, step, TensorBoard.Histogram.Of(values));

    /// <summary>Writes a distribution.</summary>
    public void Histogram(string tag, long step, Histogram histogram) => Write(step, EventMessages.Histogram(tag, histogram));

    /// <summary>Writes a picture.</summary>
    public void Image(string tag, long step, Image image) => Write(step, EventMessages.Image(tag, image));

    /// <summary>Writes a text, which TensorBoard shows as Markdown.</summary>
    public void Text(string tag, long step, string text) => Write(step, EventMessages.Text(tag, text));

    /// <summary>Hands everything written to the operating system, so that TensorBoard sees it.</summary>
    public void Flush()
    {
        lock (gate) stream.Flush();
    }

    /// <summary>Flushes and closes the file.</summary>
    public void Dispose()
    {
        lock (gate) stream.Dispose();
    }

    void Write(long step, ProtobufWriter value) => Append(EventMessages.Event(clock.GetUtcNow(), step, value));

    void Append(ProtobufWriter message)
    {
        lock (gate) RecordFile.Append(stream, message.Written);
    }

    // Two runs may begin within one second.
    static FileStream Create(string name)
    {
        for (var i = 0; ; i++)
        {
            var path = i == 0 ? name : $"{name}.{i}";
            if (!File.Exists(path) || i == 10_000)
            {
                try
                {
                    return new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
                }
                catch (IOException) when (i < 10_000 && File.Exists(path))
                {
                    // Another process was faster.
                }
            }
        }
    }

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex NotOfHostNames();
}
