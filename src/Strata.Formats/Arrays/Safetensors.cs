using Strata.Serialization;

namespace Strata.Formats.Arrays;

/// <summary>Reads and writes safetensors files: eight bytes that say how long the header is, a header in JSON that says of each tensor its type, shape
/// and place, and the elements one tensor after the other, least significant byte first. int8, int16 and uint16 widen to int32, uint32 and uint64
/// to int64, float16 and bfloat16 to float32.</summary>
public static class Safetensors
{
    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, or holds elements that a tensor cannot.</exception>
    public static SafetensorsContent Read(string path)
    {
        using var file = OpenedFile.Read(path);
        return Read(file, path);
    }

    /// <summary>Reads all tensors from a file's bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, or hold elements that a tensor cannot.</exception>
    public static SafetensorsContent Decode(byte[] file) => Read(new MemoryStream(file), "safetensors file");

    /// <summary>Writes tensors under their names, replacing a file that exists; the file is never seen half-written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Names, which differ, and tensors.</param>
    /// <param name="metadata">Texts for the reader, under names of their own.</param>
    /// <exception cref="ArgumentException">A name comes twice or is <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = SafetensorsContainer.Ordered(tensors);
        var header = SafetensorsContainer.Header(ordered, metadata);
        OpenedFile.Replace(path, to => SafetensorsContainer.Write(to, header, ordered));
    }

    static SafetensorsContent Read(Stream file, string source)
    {
        try
        {
            var (_, tensors, metadata) = SafetensorsContainer.Read(file);
            return new(tensors.ToDictionary(), metadata);
        }
        catch (FormatException e)
        {
            throw new DataFileException(source, e.Message, e);
        }
    }
}
