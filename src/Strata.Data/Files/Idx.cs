using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Strata.Formats;

namespace Strata.Data;

/// <summary>Reads IDX files, the format of MNIST: two zeros, the type of the elements, the number of axes, their sizes, the elements, all most
/// significant byte first.</summary>
public static class Idx
{
    /// <summary>Reads a file, plain or gzip. Signed bytes and 16-bit integers widen to int32.</summary>
    /// <returns>The array: uint8, int32, float32 or float64.</returns>
    /// <exception cref="DataFileException">The file is missing, truncated, too long, or no IDX file.</exception>
    public static Tensor Read(string path)
    {
        using var file = DataFile.Open(path);
        Span<byte> start = stackalloc byte[4];
        var count = file.Read(start);
        if (count < 4 || start[0] != 0 || start[1] != 0 || start[2] is not (0x08 or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E) || start[3] == 0)
            throw new DataFileException(path, $"not an IDX file: it begins with {Convert.ToHexString(start[..count])}, expected 0000, a type from 08 to 0E and a number of axes");
        var (type, sizes) = (start[2], new int[start[3]]);
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            if (file.Read(start) < 4) throw new DataFileException(path, $"the header is truncated: it should hold {sizes.Length} sizes");
            sizes[axis] = BinaryPrimitives.ReadInt32BigEndian(start);
            if (sizes[axis] < 0) throw new DataFileException(path, $"axis {axis} has the size {(uint)sizes[axis]}, more than the limit of {int.MaxValue}");
        }

        var (bytes, elements) = (type switch { 0x08 or 0x09 => 1, 0x0B => 2, 0x0C or 0x0D => 4, _ => 8 }, 1L);
        foreach (var size in sizes)
        {
            if (size > 0 && elements > int.MaxValue / size) throw new DataFileException(path, $"the array [{string.Join(", ", sizes)}] has more elements than the limit of {int.MaxValue}");
            elements *= size;
        }

        var need = elements * bytes;
        if (need > file.MostBytes) throw new DataFileException(path, $"the file is truncated: the array [{string.Join(", ", sizes)}] needs {need} bytes, the file can hold at most {file.MostBytes}");
        var data = new byte[Math.Min(need, Array.MaxLength)];
        if (need > data.Length) throw new DataFileException(path, $"the array [{string.Join(", ", sizes)}] needs {need} bytes, more than the limit of {data.Length}");
        var got = file.Read(data);
        if (got < need) throw new DataFileException(path, $"the file is truncated: the array [{string.Join(", ", sizes)}] needs {need} bytes, {got} are there");
        if (file.Read(start[..1]) > 0) throw new DataFileException(path, $"there are bytes after the {elements} elements of the array [{string.Join(", ", sizes)}]");
        var shape = Shape.Of(sizes);
        return type switch
        {
            0x08 => Tensor.From(data, shape),
            0x09 => Tensor.From(Array.ConvertAll(data, b => (int)(sbyte)b), shape),
            0x0B => Tensor.From(Array.ConvertAll(Swapped<short>(data).ToArray(), s => (int)s), shape),
            0x0C => Tensor.From(Swapped<int>(data), shape),
            0x0D => Tensor.From(MemoryMarshal.Cast<int, float>(Swapped<int>(data)), shape),
            _ => Tensor.From(MemoryMarshal.Cast<long, double>(Swapped<long>(data)), shape),
        };
    }

    static Span<T> Swapped<T>(byte[] data)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(data.AsSpan());
        if (!BitConverter.IsLittleEndian) return values;
        switch (values.Length > 0 ? data.Length / values.Length : 0)
        {
            case 2: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(data), MemoryMarshal.Cast<byte, short>(data.AsSpan())); break;
            case 4: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(data), MemoryMarshal.Cast<byte, int>(data.AsSpan())); break;
            case 8: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(data), MemoryMarshal.Cast<byte, long>(data.AsSpan())); break;
        }

        return values;
    }
}
