using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Serialization;

namespace Strata.Nn;

/// <summary>Files of named tensors and values in the safetensors format, which other tools read. Values stand in the header's <c>__metadata__</c>, with
/// the format's name and version and the SHA-256 of header and elements, computed with zeros in its own place.</summary>
internal static class TensorFile
{
    const string Format = "strata";
    const int Version = 1;
    static readonly string blank = new('0', 64);

    /// <summary>Writes a file as a whole or not at all: to a neighbor first, which then takes its place.</summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public static void Write(string path, State state)
    {
        var tensors = SafetensorsContainer.Ordered(state.Tensors);
        var header = SafetensorsContainer.Header(tensors,
        [
            new("format", Format),
            new("version", Version.ToString(CultureInfo.InvariantCulture)),
            new("sha256", blank),
            .. state.Values.OrderBy(v => v.Key, StringComparer.Ordinal),
        ]);
        var at = header.AsSpan().IndexOf(Encoding.ASCII.GetBytes(blank));
        Encoding.ASCII.GetBytes(Hash(header, tensors)).CopyTo(header, at);
        var temporary = path + ".tmp";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                SafetensorsContainer.Write(file, header, tensors);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointException($"Checkpoint: '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Reads a file that <see cref="Write"/> or another tool made.</summary>
    /// <exception cref="CheckpointException">It cannot be read, is damaged or no such file.</exception>
    public static State Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointException(e is FileNotFoundException or DirectoryNotFoundException
                ? $"Checkpoint: there is no file '{path}'."
                : $"Checkpoint: '{path}' cannot be read: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new CheckpointException($"Checkpoint: '{path}' is damaged: {e.Message}.", e);
        }
    }

    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="CheckpointException">It is of a later version.</exception>
    internal static State Read(Stream file, string path)
    {
        var (header, tensors, values) = SafetensorsContainer.Read(file);
        if (values.Remove("format", out var format) && format == Format)
        {
            if (!values.TryGetValue("version", out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                throw new FormatException("its version is missing or no number");
            if (version > Version) throw new CheckpointException($"Checkpoint: '{path}' has the format version {version}, but this program reads up to {Version}.");
        }

        if (values.Remove("sha256", out var sum))
        {
            var at = sum.Length == blank.Length ? header.AsSpan().IndexOf(Encoding.ASCII.GetBytes(sum)) : -1;
            if (at >= 0) Encoding.ASCII.GetBytes(blank).CopyTo(header, at);
            if (at < 0 || Hash(header, tensors) != sum) throw new FormatException("its checksum is wrong");
        }
        else if (format == Format)
        {
            throw new FormatException("its checksum is missing");
        }

        values.Remove("version");
        return new State("", tensors.ToDictionary(StringComparer.Ordinal), new(values, StringComparer.Ordinal));
    }

    static string Hash(byte[] header, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var (_, tensor) in tensors) Elements.ForEachChunk(tensor, part => hash.AppendData(part));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
