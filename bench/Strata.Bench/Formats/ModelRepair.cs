using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Strata.Bench.Formats;

/// <summary>Gives a changed file of a whole model the length of its header and its checksum again: the SHA-256 of header and elements with zeros in its own place.</summary>
static class ModelRepair
{
    const int Digits = 64;

    public static void Repair(byte[] file)
    {
        if (file.Length <= 8 || Header(file.AsSpan(8)) is not { } length) return;
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        var content = file.AsSpan(8);
        var key = "\"sha256\":\""u8;
        var at = content[..length].IndexOf(key) + key.Length;
        if (at < key.Length || at + Digits > length) return;
        content.Slice(at, Digits).Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content))).CopyTo(content[at..]);
    }

    // One JSON object and the spaces behind it.
    static int? Header(ReadOnlySpan<byte> content)
    {
        var json = new Utf8JsonReader(content);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
            json.Skip();
        }
        catch (JsonException)
        {
            return null;
        }

        var end = (int)json.BytesConsumed;
        while (end < content.Length && content[end] == ' ') end++;
        return end;
    }
}
