using System.Buffers.Binary;
using System.Text.Json;

namespace Strata.Serialization;

/// <summary>The safetensors format: eight bytes that say how long the header is, a header in JSON that says of each tensor its type, shape
/// and place, and the elements one tensor after the other, least significant byte first. int8, int16 and uint16 widen to int32, uint32 and uint64
/// to int64, float16 and bfloat16 to float32. Every fault of a file is a <see cref="FormatException"/> whose message is a clause without the file's name.</summary>
internal static class SafetensorsContainer
{
    const int MaxHeader = 100_000_000; // the format's own limit
    const string MetadataKey = "__metadata__";

    /// <summary>The order in which tensors are written: larger elements first, so that each tensor begins at a multiple of its own size.</summary>
    public static KeyValuePair<string, Tensor>[] Ordered(IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        [.. tensors.OrderByDescending(t => t.Value.DType.Size()).ThenBy(t => t.Key, StringComparer.Ordinal)];

    /// <summary>The header of a file of these tensors.</summary>
    /// <exception cref="ArgumentException">A name comes twice or is <c>__metadata__</c>.</exception>
    public static byte[] Header(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        var text = new MemoryStream();
        var names = new HashSet<string> { MetadataKey };
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (name, value) in metadata) json.WriteString(name, value);
                json.WriteEndObject();
            }

            var at = 0L;
            foreach (var (name, tensor) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"Safetensors: the name '{name}' comes twice or is reserved.", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString("dtype", TypeName(ElementTypes.Of(tensor.DType)));
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

        while (text.Length % 8 != 0) text.WriteByte((byte)' '); // the elements begin at a multiple of 8
        return text.ToArray();
    }

    /// <summary>Writes a file with the given header, which <see cref="Header"/> made of the same tensors.</summary>
    public static void Write(Stream to, ReadOnlySpan<byte> header, IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        to.Write(length);
        to.Write(header);
        foreach (var (_, tensor) in tensors) Elements.Write(to, tensor);
    }

    /// <summary>Reads a file: its header as it stands there, its tensors in their order in the file, its texts.</summary>
    /// <param name="file">Stands at the front of the file; its length is known.</param>
    /// <exception cref="FormatException">The file is damaged, or holds elements that a tensor cannot.</exception>
    public static (byte[] Header, List<KeyValuePair<string, Tensor>> Tensors, Dictionary<string, string> Metadata) Read(Stream file)
    {
        try
        {
            Span<byte> start = stackalloc byte[8];
            if (file.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8) throw new FormatException("not a safetensors file: it is shorter than 8 bytes");
            var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
            if (length > MaxHeader || length > (ulong)(file.Length - 8))
                throw new FormatException($"not a safetensors file, or truncated: the header claims {length} bytes, {file.Length - 8} follow and {MaxHeader} are the limit");
            var header = new byte[length];
            file.ReadExactly(header);
            var (entries, metadata) = Parse(header);
            return (header, ReadTensors(file, entries), metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"the header is no valid JSON of a safetensors file ({e.Message.TrimEnd('.')})", e);
        }
        catch (Exception e) when (e is ShapeException or TensorMemoryException)
        {
            throw new FormatException(e.Message.TrimEnd('.'), e);
        }
    }

    static (List<Entry> Entries, Dictionary<string, string> Metadata) Parse(byte[] header)
    {
        using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException($"the header is a JSON {json.RootElement.ValueKind}, expected an object");
        var (entries, metadata, names) = (new List<Entry>(), new Dictionary<string, string>(), new HashSet<string>());
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name)) throw new FormatException($"'{property.Name}' stands twice in the header");
            if (property.Name == MetadataKey)
                foreach (var text in property.Value.EnumerateObject()) metadata[text.Name] = text.Value.GetString() ?? "";
            else
                entries.Add(Entry.Parse(property.Name, property.Value));
        }

        return (entries, metadata);
    }

    static List<KeyValuePair<string, Tensor>> ReadTensors(Stream file, List<Entry> entries)
    {
        var (begin, at) = (file.Position, 0L);
        var tensors = new List<KeyValuePair<string, Tensor>>(entries.Count);
        // A tensor without elements begins where another does; it has to come first for the places to follow each other.
        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != at) throw new FormatException($"tensor '{entry.Name}' begins at byte {entry.Begin}, expected {at}: tensors must follow each other without gap or overlap");
            if (entry.End > file.Length - begin) throw new FormatException($"the file is truncated: tensor '{entry.Name}' ends at byte {entry.End} of the data, {file.Length - begin} are there");
            tensors.Add(new(entry.Name, Elements.Read(file, entry.Type, entry.Shape)));
            at = entry.End;
        }

        if (begin + at != file.Length) throw new FormatException($"there are {file.Length - begin - at} bytes after the last tensor");
        return tensors;
    }

    static string TypeName(ElementType type) => type switch
    {
        ElementType.Bool => "BOOL",
        ElementType.UInt8 => "U8",
        ElementType.Int32 => "I32",
        ElementType.Int64 => "I64",
        ElementType.Float32 => "F32",
        _ => "F64",
    };

    readonly record struct Entry(string Name, ElementType Type, Shape Shape, long Begin, long End)
    {
        public static Entry Parse(string name, JsonElement json)
        {
            var (typeName, sizes, offsets) = (Field("dtype").GetString(), Field("shape"), Field("data_offsets"));
            var type = typeName switch
            {
                "BOOL" => ElementType.Bool,
                "U8" => ElementType.UInt8,
                "I8" => ElementType.Int8,
                "U16" => ElementType.UInt16,
                "I16" => ElementType.Int16,
                "U32" => ElementType.UInt32,
                "I32" => ElementType.Int32,
                "U64" => ElementType.UInt64,
                "I64" => ElementType.Int64,
                "F16" => ElementType.Float16,
                "BF16" => ElementType.BFloat16,
                "F32" => ElementType.Float32,
                "F64" => ElementType.Float64,
                _ => throw new FormatException($"tensor '{name}' has elements of type '{typeName}', which a tensor cannot hold"),
            };
            var shape = new List<int>();
            foreach (var size in sizes.EnumerateArray())
                shape.Add(size.TryGetInt32(out var n) && n >= 0 ? n : throw new FormatException($"tensor '{name}' has the size {size}, expected 0 to {int.MaxValue}"));
            if (offsets.GetArrayLength() != 2 || !offsets[0].TryGetInt64(out var begin) || !offsets[1].TryGetInt64(out var end) || begin < 0 || end < begin)
                throw new FormatException($"tensor '{name}' has the place {offsets}, expected two numbers in order");
            var entry = new Entry(name, type, Shape.Of([.. shape]), begin, end);
            if ((end - begin) % type.Size() != 0 || (end - begin) / type.Size() != entry.Shape.Size)
                throw new FormatException($"tensor '{name}' is {typeName} {entry.Shape}, but its place holds {end - begin} bytes");
            return entry;

            JsonElement Field(string field) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var value)
                ? value
                : throw new FormatException($"tensor '{name}' has no '{field}'");
        }
    }
}
