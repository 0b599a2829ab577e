using System.Buffers.Binary;
using System.Text;

namespace Strata.Formats.Protobuf;

/// <summary>Walks the fields of one message in the wire format of Protocol Buffers. Every fault is a <see cref="FormatException"/>.
/// <code>while (reader.Next()) if (reader.Field == 1) tag = reader.String();</code>
/// A field that is not asked for is passed over.</summary>
ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    ReadOnlySpan<byte> rest = message;
    ReadOnlySpan<byte> value; // of the present field: its bytes, for a number its little-endian image
    WireType type;

    public int Field { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (rest.IsEmpty) return false;
        var tag = Varint();
        if (tag >> 3 is 0 or > 0x1FFFFFFF) throw new FormatException($"a message has a field numbered {tag >> 3}");
        (Field, type) = ((int)(tag >> 3), (WireType)(tag & 7));
        value = type switch
        {
            WireType.Varint => VarintBytes(),
            WireType.Fixed64 => Take(8),
            WireType.Fixed32 => Take(4),
            WireType.Bytes => Take(Varint()),
            _ => throw new FormatException($"field {Field} has the unknown wire type {(int)type}"),
        };
        return true;
    }

    public readonly long Int()
    {
        Expect(WireType.Varint);
        return (long)Decode(value);
    }

    public readonly float Float()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(value);
    }

    public readonly double Double()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(value);
    }

    /// <summary>The little-endian elements of a list of numbers of fixed size: all of them if it is packed, else the next one.</summary>
    public readonly ReadOnlySpan<byte> Elements() => type is WireType.Fixed32 or WireType.Fixed64 ? value : Bytes();

    /// <summary>Adds the elements of a list of doubles, packed or one by one.</summary>
    public readonly void AddDoubles(List<double> list)
    {
        var bytes = Elements();
        if (bytes.Length % 8 != 0) throw new FormatException($"field {Field} has {bytes.Length} bytes, expected a multiple of 8");
        for (; !bytes.IsEmpty; bytes = bytes[8..]) list.Add(BinaryPrimitives.ReadDoubleLittleEndian(bytes));
    }

    /// <summary>Adds the elements of a list of floats, packed or one by one.</summary>
    public readonly void AddFloats(List<float> list)
    {
        var bytes = Elements();
        if (bytes.Length % 4 != 0) throw new FormatException($"field {Field} has {bytes.Length} bytes, expected a multiple of 4");
        for (; !bytes.IsEmpty; bytes = bytes[4..]) list.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes));
    }

    /// <summary>Adds the elements of a list of integers, packed or one by one.</summary>
    public readonly void AddInts(List<long> list)
    {
        if (type == WireType.Varint)
        {
            list.Add((long)Decode(value));
            return;
        }

        for (var packed = new ProtobufReader(Bytes()); !packed.rest.IsEmpty;) list.Add((long)packed.Varint());
    }

    public readonly ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        return value;
    }

    public readonly string String() => Encoding.UTF8.GetString(Bytes());

    public readonly ProtobufReader Message() => new(Bytes());

    readonly void Expect(WireType expected)
    {
        if (type != expected) throw new FormatException($"field {Field} has wire type {type}, expected {expected}");
    }

    ulong Varint() => Decode(VarintBytes());

    ReadOnlySpan<byte> VarintBytes()
    {
        var length = 1;
        while (length <= rest.Length && length <= 10 && rest[length - 1] >= 0x80) length++;
        if (length > 10) throw new FormatException("a number has more than 10 bytes");
        return Take((ulong)length);
    }

    static ulong Decode(ReadOnlySpan<byte> varint)
    {
        var result = 0UL;
        for (var i = 0; i < varint.Length; i++) result |= (ulong)(varint[i] & 0x7F) << 7 * i;
        return result;
    }

    ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length) throw new FormatException($"a message is cut off: a field needs {length} bytes, {rest.Length} are left");
        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
