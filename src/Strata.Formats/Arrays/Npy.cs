using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Serialization;

namespace Strata.Formats.Arrays;

/// <summary>Reads and writes NumPy's <c>.npy</c> files, one array each (format versions 1 to 3 of NumPy's "NEP 1 — A simple file format for
/// NumPy arrays"). int8, int16 and uint16 widen to int32, uint32 and uint64 to int64, float16 to float32; objects, strings, complex numbers and records are refused.</summary>
public static partial class Npy
{
    const int MaxHeader = 1 << 20;

    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file is missing, damaged, or holds elements that a tensor cannot.</exception>
    public static Tensor Read(string path)
    {
        using var file = OpenedFile.Read(path);
        return Read(file, path, file.Length);
    }

    /// <summary>Reads an array from a file's bytes.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, or hold elements that a tensor cannot.</exception>
    public static Tensor Decode(byte[] file) => Read(new MemoryStream(file), "npy array", file.Length);

    /// <summary>Writes a file, replacing one that exists; the file is never seen half-written.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Tensor tensor) => OpenedFile.Replace(path, to => Write(to, tensor));

    /// <summary>The bytes of the file that <see cref="Write(string, Tensor)"/> writes.</summary>
    public static byte[] Encode(Tensor tensor)
    {
        var to = new MemoryStream();
        Write(to, tensor);
        return to.ToArray();
    }

    /// <param name="from">Stands at the front of the file.</param>
    /// <param name="source">Its name in errors.</param>
    /// <param name="mostBytes">An upper bound of what the stream can give.</param>
    internal static Tensor Read(Stream from, string source, long mostBytes)
    {
        try
        {
            Span<byte> start = stackalloc byte[12];
            var prefix = start[..10];
            var count = from.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
            if (!prefix[..count].StartsWith(Magic))
                throw new FormatException($"not a .npy file: it begins with {Convert.ToHexString(prefix[..Math.Min(count, 6)])}, expected {Convert.ToHexString(Magic)}");
            if (count < prefix.Length) throw new FormatException("the header is truncated");
            var version = prefix[6];
            if (version is < 1 or > 3) throw new FormatException($"the format version is {version}, expected 1 to 3");
            long length = BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
            if (version > 1)
            {
                if (from.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false) < 2) throw new FormatException("the header is truncated");
                length = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
            }

            if (length > Math.Min(mostBytes, MaxHeader)) throw new FormatException($"the header claims {length} bytes, more than the file or the limit of {MaxHeader}");
            var header = new byte[length];
            if (from.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) throw new FormatException("the header is truncated");
            var (type, bigEndian, fortran, shape) = Parse(Encoding.UTF8.GetString(header));
            if (shape.Size > mostBytes / type.Size())
                throw new FormatException($"the array {shape} needs {shape.Size} elements of {type.Size()} bytes, more than the file can hold");
            // Fortran's order is row-major order of the axes reversed.
            var tensor = Elements.Read(from, type, fortran ? Shape.Of([.. shape.Reverse()]) : shape, bigEndian);
            if (from.ReadByte() >= 0) throw new FormatException($"there are bytes after the {shape.Size} elements of the array {shape}");
            return fortran ? tensor.Transpose() : tensor;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or ShapeException or TensorMemoryException)
        {
            throw new DataFileException(source, e.Message.TrimEnd('.'), e);
        }
    }

    internal static void Write(Stream to, Tensor tensor)
    {
        var sizes = string.Join(", ", tensor.Shape) + (tensor.Rank == 1 ? "," : "");
        var header = $"{{'descr': '{Description(tensor.DType)}', 'fortran_order': False, 'shape': ({sizes}), }}";
        var padded = (Magic.Length + 4 + header.Length + 1 + 63) / 64 * 64; // the elements begin at a multiple of 64
        to.Write(Magic);
        to.Write([1, 0]);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)(padded - Magic.Length - 4)));
        to.Write(length);
        to.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - Magic.Length - 5) + "\n"));
        Elements.Write(to, tensor);
    }

    static (ElementType Type, bool BigEndian, bool Fortran, Shape Shape) Parse(string header)
    {
        var descr = DescrField.Match(header);
        if (!descr.Success) throw new FormatException("the header has no simple 'descr' (records are not supported)");
        var order = FortranField.Match(header);
        if (!order.Success) throw new FormatException("the header has no 'fortran_order'");
        var shape = ShapeField.Match(header);
        if (!shape.Success) throw new FormatException("the header has no 'shape'");
        var sizes = new List<int>();
        foreach (var text in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            sizes.Add(int.TryParse(text.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw new FormatException($"the shape has the size '{text}', expected 0 to {int.MaxValue}"));
        var code = descr.Groups[1].Value;
        var type = code.TrimStart('<', '>', '|', '=') switch
        {
            "b1" or "?" => ElementType.Bool,
            "u1" => ElementType.UInt8,
            "i1" => ElementType.Int8,
            "u2" => ElementType.UInt16,
            "i2" => ElementType.Int16,
            "u4" => ElementType.UInt32,
            "i4" => ElementType.Int32,
            "u8" => ElementType.UInt64,
            "i8" => ElementType.Int64,
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            _ => throw new FormatException($"the elements are of type '{code}', expected truth values, integers or floating-point numbers of up to 8 bytes"),
        };
        return (type, code.StartsWith('>'), order.Groups[1].Value == "True", Shape.Of([.. sizes]));
    }

    static string Description(DType type) => type switch
    {
        DType.Bool => "|b1",
        DType.UInt8 => "|u1",
        DType.Int32 => "<i4",
        DType.Int64 => "<i8",
        DType.Float32 => "<f4",
        _ => "<f8",
    };

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex DescrField { get; }

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex FortranField { get; }

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapeField { get; }
}
