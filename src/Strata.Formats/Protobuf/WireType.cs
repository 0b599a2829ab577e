namespace Strata.Formats.Protobuf;

/// <summary>How a field of a Protocol Buffers message is laid out (Protocol Buffers, Encoding). The groups 3 and 4 are of the past.</summary>
enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
