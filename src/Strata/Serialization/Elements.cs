using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Strata.Serialization;

/// <summary>Moves the elements of tensors from and to streams.</summary>
internal static unsafe class Elements
{
    const int Chunk = 1 << 16; // bytes; spans end at 2 GiB, tensors do not

    /// <summary>Reads the elements of a tensor. The caller has checked that the stream can hold them, so that a small file does not
    /// make a huge tensor.</summary>
    /// <exception cref="FormatException">The stream ends early, or a number does not fit the tensor's type.</exception>
    public static Tensor Read(Stream from, ElementType type, Shape shape, bool bigEndian = false)
    {
        var swap = bigEndian == BitConverter.IsLittleEndian;
        return type switch
        {
            ElementType.Float32 => Same(DType.Float32),
            ElementType.Float64 => Same(DType.Float64),
            ElementType.Int32 => Same(DType.Int32),
            ElementType.Int64 => Same(DType.Int64),
            ElementType.UInt8 => Same(DType.UInt8),
            ElementType.Bool => Widened<byte, bool>(DType.Bool, v => v != 0),
            ElementType.Int8 => Widened<sbyte, int>(DType.Int32, v => v),
            ElementType.Int16 => Widened<short, int>(DType.Int32, v => v),
            ElementType.UInt16 => Widened<ushort, int>(DType.Int32, v => v),
            ElementType.UInt32 => Widened<uint, long>(DType.Int64, v => v),
            ElementType.UInt64 => Widened<ulong, long>(DType.Int64, v => v <= long.MaxValue ? (long)v : throw new FormatException($"the number {v} is larger than int64 holds")),
            ElementType.Float16 => Widened<Half, float>(DType.Float32, v => (float)v),
            _ => Widened<ushort, float>(DType.Float32, v => BitConverter.Int32BitsToSingle(v << 16)), // bfloat16 is the upper half of a float32
        };

        Tensor Same(DType dtype)
        {
            var tensor = Tensor.Allocate(shape, dtype);
            ForEachChunk(tensor, part =>
            {
                Fill(from, part);
                if (swap) Swap(part, dtype.Size());
            });
            return tensor;
        }

        Tensor Widened<TFile, T>(DType dtype, Func<TFile, T> widen)
            where TFile : unmanaged
            where T : unmanaged
        {
            var tensor = Tensor.Allocate(shape, dtype);
            var to = (T*)tensor.Pointer;
            var buffer = new byte[Math.Min(Chunk, shape.Size * sizeof(TFile))];
            for (var rest = shape.Size; rest > 0;)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, rest * sizeof(TFile)));
                Fill(from, part);
                if (swap) Swap(part, sizeof(TFile));
                foreach (var value in MemoryMarshal.Cast<byte, TFile>(part)) *to++ = widen(value);
                rest -= part.Length / sizeof(TFile);
            }

            GC.KeepAlive(tensor);
            return tensor;
        }
    }

    /// <summary>Writes the elements of a tensor, least significant byte first.</summary>
    public static void Write(Stream to, Tensor tensor) => ForEachChunk(tensor, part => to.Write(part));

    /// <summary>Shows the bytes of a tensor's elements, part by part.</summary>
    public static void ForEachChunk(Tensor tensor, ChunkAction action)
    {
        var bytes = tensor.Size * tensor.DType.Size();
        for (var at = 0L; at < bytes; at += Chunk) action(new Span<byte>(tensor.Pointer + at, (int)Math.Min(Chunk, bytes - at)));
        GC.KeepAlive(tensor);
    }

    static void Fill(Stream from, Span<byte> to)
    {
        if (from.ReadAtLeast(to, to.Length, throwOnEndOfStream: false) < to.Length) throw new FormatException("the data is truncated");
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

    /// <summary>Takes a part of a tensor's bytes.</summary>
    public delegate void ChunkAction(Span<byte> part);
}
