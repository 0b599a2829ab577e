using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Formats.Pickle;
using Strata.Serialization;

namespace Strata.Formats.Arrays;

/// <summary>Reads and writes NumPy's <c>.npy</c> files, one array each (format versions 1 to 3 of NumPy's "NEP 1 — A simple file format for
/// NumPy arrays"). int8, int16 and uint16 widen to int32, uint32 and uint64 to int64, float16 to float32; strings, complex numbers and records are refused.
/// Of objects, which are a pickle inside of the file, lists of integers are read; nothing is ever run.</summary>
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

    /// <summary>Reads an array [n] of objects that are lists or tuples of integers: <c>np.array([[1, 2], [3]], dtype=object)</c>.</summary>
    /// <returns>The lists in their order.</returns>
    /// <exception cref="DataFileException">The file is missing, damaged, holds other objects, numbers beyond 32 bits, or no objects.</exception>
    public static int[][] ReadLists(string path)
    {
        using var file = OpenedFile.Read(path);
        return ReadLists(file, path);
    }

    /// <summary>Reads lists of integers from a file's bytes as <see cref="ReadLists(string)"/> does.</summary>
    /// <exception cref="DataFileException">The bytes are damaged, hold other objects, numbers beyond 32 bits, or no objects.</exception>
    public static int[][] DecodeLists(byte[] file) => ReadLists(new MemoryStream(file), "npy array");

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
    internal static Tensor Read(Stream from, string source, long mostBytes) => ReadAny(from, source, mostBytes, null).Tensor!;

    /// <summary>Reads an array of numbers or one of lists of integers.</summary>
    /// <param name="from">Stands at the front of the file.</param>
    /// <param name="source">Its name in errors.</param>
    /// <param name="mostBytes">An upper bound of what the stream can give.</param>
    /// <param name="mostPickle">How long a pickle may be; null: there must be none.</param>
    internal static (Tensor? Tensor, int[][]? Lists) ReadAny(Stream from, string source, long mostBytes, long? mostPickle)
    {
        try
        {
            var header = ReadHeader(from, mostBytes);
            return mostPickle is { } most && header.IsOfObjects ? (null, ReadPickle(from, header.Shape, most)) : (ReadElements(from, header, mostBytes), null);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or ShapeException or TensorMemoryException)
        {
            throw new DataFileException(source, e.Message.TrimEnd('.'), e);
        }
    }

    static int[][] ReadLists(Stream file, string source) =>
        ReadAny(file, source, file.Length, file.Length).Lists ?? throw new DataFileException(source, "the array is one of numbers, expected objects: lists of integers");

    static Header ReadHeader(Stream from, long mostBytes)
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
        return Parse(Encoding.UTF8.GetString(header));
    }

    static Tensor ReadElements(Stream from, Header header, long mostBytes)
    {
        var (type, shape) = (ElementTypeOf(header), header.Shape);
        if (shape.Size > mostBytes / type.Size())
            throw new FormatException($"the array {shape} needs {shape.Size} elements of {type.Size()} bytes, more than the file can hold");
        // Fortran's order is row-major order of the axes reversed.
        var tensor = Elements.Read(from, type, header.Fortran ? Shape.Of([.. shape.Reverse()]) : shape, bigEndian: header.Code.StartsWith('>'));
        if (from.ReadByte() >= 0) throw new FormatException($"there are bytes after the {shape.Size} elements of the array {shape}");
        return header.Fortran ? tensor.Transpose() : tensor;
    }

    static int[][] ReadPickle(Stream from, Shape shape, long most)
    {
        if (shape.Rank != 1) throw new FormatException($"the array of objects is {shape}, expected [n], of lists of integers");
        var pickle = new MemoryStream();
        Span<byte> part = stackalloc byte[4096];
        for (var count = from.Read(part); count > 0; count = from.Read(part))
        {
            if (pickle.Length + count > Math.Min(most, Array.MaxLength)) throw new FormatException($"the array's pickle has more than {Math.Min(most, Array.MaxLength)} bytes, the limit for what the file spends on it");
            pickle.Write(part[..count]);
        }

        pickle.Position = 0;
        var array = new PickleReader(pickle, ArrayObjects.Instance).Read() as PickledArray ?? throw new FormatException("the pickle holds no array");
        if (pickle.Position < pickle.Length) throw new FormatException("there are bytes after the pickle");
        return array.ToLists(shape, 65536 + (16 * pickle.Length));
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

    static Header Parse(string header)
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
        return new(descr.Groups[1].Value, order.Groups[1].Value == "True", Shape.Of([.. sizes]));
    }

    static ElementType ElementTypeOf(Header header) => header.Code.TrimStart('<', '>', '|', '=') switch
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
        _ when header.IsOfObjects => throw new FormatException($"the elements are of type '{header.Code}', objects, which a tensor cannot hold; lists of integers are read by Npy.ReadLists and Npz.ReadWithLists"),
        _ => throw new FormatException($"the elements are of type '{header.Code}', expected truth values, integers or floating-point numbers of up to 8 bytes"),
    };

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

    readonly record struct Header(string Code, bool Fortran, Shape Shape)
    {
        public bool IsOfObjects => Code is "|O" or "O" or "|O8" or "|O4"; // Python 2 told the size of a pointer
    }
}
