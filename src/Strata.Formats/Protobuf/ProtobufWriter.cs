using System.Buffers.Binary;
using System.Text;

namespace Strata.Formats.Protobuf;

/// <summary>Writes one message in the wire format of Protocol Buffers: the few kinds of fields that event files have.</summary>
sealed class ProtobufWriter
{
    readonly MemoryStream bytes = new();

    public ReadOnlySpan<byte> Written => bytes.GetBuffer().AsSpan(0, (int)bytes.Length);

    public ProtobufWriter Int(int field, long value) => Tag(field, WireType.Varint).Varint((ulong)value);

    public ProtobufWriter Float(int field, float value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        return Tag(field, WireType.Fixed32).Raw(four);
    }

    public ProtobufWriter Double(int field, double value) => Tag(field, WireType.Fixed64).Raw(value);

    /// <summary>A packed list.</summary>
    public ProtobufWriter Doubles(int field, ReadOnlySpan<double> values)
    {
        Tag(field, WireType.Bytes).Varint((ulong)values.Length * 8);
        foreach (var value in values) Raw(value);
        return this;
    }

    /// <summary>A list of integers, one by one.</summary>
    public ProtobufWriter Ints(int field, ReadOnlySpan<long> values)
    {
        foreach (var value in values) Int(field, value);
        return this;
    }

    /// <summary>A list of floats, one by one.</summary>
    public ProtobufWriter Floats(int field, ReadOnlySpan<float> values)
    {
        foreach (var value in values) Float(field, value);
        return this;
    }

    public ProtobufWriter String(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value) => Tag(field, WireType.Bytes).Varint((ulong)value.Length).Raw(value);

    public ProtobufWriter Message(int field, ProtobufWriter value) => Bytes(field, value.Written);

    ProtobufWriter Tag(int field, WireType type) => Varint((ulong)field << 3 | (ulong)type);

    ProtobufWriter Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
        return this;
    }

    ProtobufWriter Raw(double value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(eight, value);
        return Raw(eight);
    }

    ProtobufWriter Raw(ReadOnlySpan<byte> value)
    {
        bytes.Write(value);
        return this;
    }
}
