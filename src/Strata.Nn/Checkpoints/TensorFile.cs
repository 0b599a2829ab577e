using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Strata.Nn;

/// <summary>Files of named tensors and values in the safetensors format, which other tools read: eight bytes with the length of a JSON header, the header
/// (name → type, shape, place), the elements, little-endian. Values stand in the header's <c>__metadata__</c>, with the format's name and version
/// and the SHA-256 of header and elements, computed with zeros in its own place.</summary>
internal static class TensorFile
{
    const string Format = "strata";
    const int Version = 1;
    const int LongestHeader = 100_000_000; // as in safetensors
    static readonly string blank = new('0', 64);

    static readonly (DType Type, string Name)[] types =
    [
        (DType.Float32, "F32"), (DType.Float64, "F64"), (DType.Int32, "I32"), (DType.Int64, "I64"), (DType.UInt8, "U8"), (DType.Bool, "BOOL"),
    ];

    /// <summary>Writes a file as a whole or not at all: to a neighbor first, which then takes its place.</summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public static void Write(string path, State state)
    {
        var names = state.Tensors.Keys.Order(StringComparer.Ordinal).ToArray();
        var header = Header(state, names);
        var at = header.AsSpan().IndexOf(Encoding.ASCII.GetBytes(blank));
        Convert.ToHexStringLower(Hash(header, names.Select(n => state.Tensors[n]))).Select(c => (byte)c).ToArray().CopyTo(header, at);
        var temporary = path + ".tmp";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var name in names) WriteElements(file, state.Tensors[name]);
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
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new CheckpointException($"Checkpoint: '{path}' is damaged: its header is not well-formed.", e);
        }
    }

    static State Read(FileStream file, string path)
    {
        Span<byte> length = stackalloc byte[8];
        if (file.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8) throw Damaged("it is cut off");
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength is < 2 or > LongestHeader) throw Damaged("it is no file of tensors");
        if (headerLength > file.Length - 8) throw Damaged("it is cut off");
        var header = new byte[headerLength];
        file.ReadExactly(header);
        if (header[0] != '{') throw Damaged("it is no file of tensors");

        using var json = JsonDocument.Parse(header);
        var state = new State();
        var places = new List<(string Name, DType Type, Shape Shape, long Start, long End)>();
        foreach (var entry in json.RootElement.EnumerateObject())
            if (entry.NameEquals("__metadata__"))
                foreach (var value in entry.Value.EnumerateObject()) state.Put(value.Name, value.Value.GetString() ?? "");
            else places.Add(Place(entry));
        if (state.Values.Remove("format", out var format) && format == Format && state.Integer("version") is > Version and var version)
            throw new CheckpointException($"Checkpoint: '{path}' has the format version {version}, but this program reads up to {Version}.");

        // The tensors must follow each other and fill the file: then no size in the header can ask for more memory than the file has bytes.
        places.Sort((a, b) => a.Start.CompareTo(b.Start));
        var expected = 0L;
        foreach (var (name, type, shape, start, end) in places)
        {
            if (start != expected || end - start != checked(shape.Size * type.Size())) throw Damaged($"the place of '{name}' does not fit its shape");
            expected = end;
        }

        if (expected != file.Length - 8 - headerLength) throw Damaged(expected > file.Length - 8 - headerLength ? "it is cut off" : "it is longer than its header says");
        foreach (var place in places) state.Put(place.Name, ReadElements(file, place.Type, place.Shape));
        if (state.Values.Remove("sha256", out var sum)) Verify(header, sum, places.Select(p => state.Tensors[p.Name]));
        else if (format == Format) throw Damaged("its checksum is missing");
        state.Values.Remove("version");
        return state;

        void Verify(byte[] bytes, string expectedSum, IEnumerable<Tensor> tensors)
        {
            var at = expectedSum.Length == 64 ? bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(expectedSum)) : -1;
            if (at >= 0) Encoding.ASCII.GetBytes(blank).CopyTo(bytes, at);
            if (at < 0 || Convert.ToHexStringLower(Hash(bytes, tensors)) != expectedSum) throw Damaged("its checksum is wrong");
        }

        CheckpointException Damaged(string what) => new($"Checkpoint: '{path}' is damaged: {what}.");
    }

    static (string Name, DType Type, Shape Shape, long Start, long End) Place(JsonProperty entry)
    {
        var typeName = entry.Value.GetProperty("dtype").GetString();
        var found = Array.Find(types, t => t.Name == typeName);
        if (found.Name is null) throw new FormatException();
        int[] sizes = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())];
        if (sizes.Any(s => s < 0) || sizes.Aggregate(1.0, (n, s) => n * s) > 1L << 60) throw new FormatException();
        var offsets = entry.Value.GetProperty("data_offsets");
        if (offsets.GetArrayLength() != 2) throw new FormatException();
        return (entry.Name, found.Type, Shape.Of(sizes), offsets[0].GetInt64(), offsets[1].GetInt64());
    }

    static byte[] Header(State state, string[] names)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", Format);
            json.WriteString("version", Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("sha256", blank);
            foreach (var (name, value) in state.Values.OrderBy(v => v.Key, StringComparer.Ordinal)) json.WriteString(name, value);
            json.WriteEndObject();
            var at = 0L;
            foreach (var name in names)
            {
                var tensor = state.Tensors[name];
                json.WriteStartObject(name);
                json.WriteString("dtype", Array.Find(types, t => t.Type == tensor.DType).Name);
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += tensor.Size * tensor.DType.Size());
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0) stream.WriteByte((byte)' '); // so that the elements are aligned
        return stream.ToArray();
    }

    static byte[] Hash(byte[] header, IEnumerable<Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var tensor in tensors)
            ForEachChunk(tensor, chunk => hash.AppendData(chunk));
        return hash.GetHashAndReset();
    }

    static void WriteElements(Stream file, Tensor tensor) => ForEachChunk(tensor, file.Write);

    delegate void ChunkAction(ReadOnlySpan<byte> chunk);

    static unsafe void ForEachChunk(Tensor tensor, ChunkAction action)
    {
        const int Chunk = 1 << 24;
        var bytes = tensor.Size * tensor.DType.Size();
        for (var at = 0L; at < bytes; at += Chunk) action(new ReadOnlySpan<byte>(tensor.Pointer + at, (int)Math.Min(Chunk, bytes - at)));
        GC.KeepAlive(tensor);
    }

    static unsafe Tensor ReadElements(Stream file, DType type, Shape shape)
    {
        const int Chunk = 1 << 24;
        var tensor = Tensor.Allocate(shape, type);
        var bytes = shape.Size * type.Size();
        for (var at = 0L; at < bytes; at += Chunk) file.ReadExactly(new Span<byte>(tensor.Pointer + at, (int)Math.Min(Chunk, bytes - at)));
        GC.KeepAlive(tensor);
        return tensor;
    }
}
