using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Strata.Formats.Arrays;

/// <summary>Moves the elements of tensors from and to streams.</summary>
static class Elements
{
    const int Chunk = 1 << 16;

    /// <summary>Reads the elements of a tensor. The caller has checked that the stream can hold them, so that a small file does not
    /// make a huge tensor.</summary>
    /// <exception cref="FormatException">The stream ends early, or a number does not fit the tensor's type.</exception>
    public static Tensor Read(Stream from, ElementType type, Shape shape, bool bigEndian = false)
    {
        if (shape.Size > int.MaxValue) throw new FormatException($"the array {shape} has {shape.Size} elements, more than the limit of {int.MaxValue}");
        var swap = bigEndian == BitConverter.IsLittleEndian;
        return type switch
        {
            ElementType.Float32 => Same<float>(),
            ElementType.Float64 => Same<double>(),
            ElementType.Int32 => Same<int>(),
            ElementType.Int64 => Same<long>(),
            ElementType.UInt8 => Same<byte>(),
            ElementType.Bool => Widened<byte, bool>(v => v != 0),
            ElementType.Int8 => Widened<sbyte, int>(v => v),
            ElementType.Int16 => Widened<short, int>(v => v),
            ElementType.UInt16 => Widened<ushort, int>(v => v),
            ElementType.UInt32 => Widened<uint, long>(v => v),
            ElementType.UInt64 => Widened<ulong, long>(v => v <= long.MaxValue ? (long)v : throw new FormatException($"the number {v} is larger than int64 holds")),
            ElementType.Float16 => Widened<Half, float>(v => (float)v),
            _ => Widened<ushort, float>(v => BitConverter.Int32BitsToSingle(v << 16)), // bfloat16 is the upper half of a float32
        };

        Tensor Same<T>()
            where T : unmanaged => Tensor.Create<T, Stream>(shape, from, (to, stream) => Fill(stream, to, swap));

        Tensor Widened<TFile, T>(Func<TFile, T> widen)
            where TFile : unmanaged
            where T : unmanaged => Tensor.Create<T, Stream>(shape, from, (to, stream) =>
        {
            var buffer = new TFile[Math.Min(Chunk, to.Length)];
            for (var done = 0; done < to.Length;)
            {
                var part = buffer.AsSpan(0, Math.Min(buffer.Length, to.Length - done));
                Fill(stream, part, swap);
                foreach (var value in part) to[done++] = widen(value);
            }
        });
    }

    /// <summary>Writes the elements of a tensor, least significant byte first.</summary>
    public static void Write(Stream to, Tensor tensor)
    {
        switch (tensor.DType)
        {
            case DType.Float32: Write<float>(); break;
            case DType.Float64: Write<double>(); break;
            case DType.Int32: Write<int>(); break;
            case DType.Int64: Write<long>(); break;
            case DType.UInt8: Write<byte>(); break;
            default: Write<bool>(); break;
        }

        void Write<T>()
            where T : unmanaged
        {
            for (var rest = tensor.AsSpan<T>(); rest.Length > 0;)
            {
                var part = rest[..Math.Min(Chunk, rest.Length)];
                to.Write(MemoryMarshal.AsBytes(part));
                rest = rest[part.Length..];
            }

            GC.KeepAlive(tensor);
        }
    }

    static void Fill<T>(Stream from, Span<T> to, bool swap)
        where T : unmanaged
    {
        for (var rest = to; rest.Length > 0;) // in parts, because a span of bytes cannot be longer than 2 GiB
        {
            var part = rest[..Math.Min(Chunk, rest.Length)];
            var bytes = MemoryMarshal.AsBytes(part);
            if (from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new FormatException("the data is truncated");
            if (swap) Swap(bytes, bytes.Length / part.Length);
            rest = rest[part.Length..];
        }
    }

    static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
