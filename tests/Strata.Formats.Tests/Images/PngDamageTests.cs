using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

public class PngDamageTests
{
    static byte[] Good() => Png.Encode(new Image(6, 5, 3, Enumerable.Range(0, 90).Select(i => (byte)(i * 29)).ToArray()));

    static string Message(byte[] file, long maxPixels = Png.DefaultMaxPixels) =>
        Assert.Throws<DataFileException>(() => Png.Decode(file, maxPixels)).Message;

    static byte[] Chunk(string type, params byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Of(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    static byte[] Header(uint width, uint height, byte depth = 8, byte color = 0, byte compression = 0, byte filter = 0, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[10], data[11], data[12]) = (depth, color, compression, filter, interlace);
        return Chunk("IHDR", data);
    }

    static byte[] Data(params byte[] rows)
    {
        var to = new MemoryStream();
        using (var deflate = new ZLibStream(to, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(rows);
        return Chunk("IDAT", to.ToArray());
    }

    static byte[] FileOf(params byte[][] chunks) => [.. Png.Signature, .. chunks.SelectMany(c => c)];

    static readonly byte[] end = Chunk("IEND");

    [Fact]
    public void Chunks_made_here_are_legal() => // else the tests below would pass for the wrong reason
        Assert.Equal([7, 9], Png.Decode(FileOf(Header(2, 1), Chunk("tEXt", 65, 0, 66), Data(0, 7, 9), end)).Bytes.ToArray());

    [Fact]
    public void Another_kind_of_file_is_named()
    {
        Assert.Equal("PNG image: not a PNG file: it begins with FFD8FFE000104A46, expected 89504E470D0A1A0A.",
            Message([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F']));
        Assert.Contains("not a PNG file", Message([]));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = Good();
        for (var length = 0; length < file.Length; length++) Message(file[..length]);
    }

    [Fact]
    public void Every_changed_byte_after_the_signature_breaks_a_check()
    {
        var file = Good();
        for (var i = 0; i < file.Length; i++)
        {
            var bad = (byte[])file.Clone();
            bad[i] ^= 0x20;
            Message(bad);
        }
    }

    [Fact]
    public void A_wrong_checksum_names_the_chunk()
    {
        var file = Good();
        file[Png.Signature.Length + 8 + 13] ^= 1;
        Assert.Contains("chunk IHDR is damaged: its CRC is", Message(file));
    }

    [Theory]
    [InlineData(0, 1, 8, 0, 0, 0, 0, "the size 0 × 1")]
    [InlineData(1, 0x80000000, 8, 0, 0, 0, 0, "outside 1 …")]
    [InlineData(1, 1, 3, 0, 0, 0, 0, "no color type 0 with 3 bits")]
    [InlineData(1, 1, 16, 3, 0, 0, 0, "no color type 3 with 16 bits")]
    [InlineData(1, 1, 8, 5, 0, 0, 0, "no color type 5")]
    [InlineData(1, 1, 8, 0, 1, 0, 0, "compression method is 1")]
    [InlineData(1, 1, 8, 0, 0, 1, 0, "filter method is 1")]
    [InlineData(1, 1, 8, 0, 0, 0, 2, "interlace method is 2")]
    public void A_header_outside_the_format_is_refused(
        uint width, uint height, byte depth, byte color, byte compression, byte filter, byte interlace, string expected) =>
        Assert.Contains(expected, Message(FileOf(Header(width, height, depth, color, compression, filter, interlace), Data(0, 0), end)));

    [Fact]
    public void A_picture_beyond_the_limit_is_refused() =>
        Assert.Contains("6 pixels, more than the limit of 29", Message(Good(), maxPixels: 29));

    [Fact]
    public void A_small_file_that_claims_a_huge_picture_allocates_next_to_nothing()
    {
        var file = FileOf(Header(1 << 28, 1 << 20, 16, 6), Data(0), end);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("can hold", Message(file, maxPixels: long.MaxValue));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "first chunk is IDAT", FileOf(Data(0, 7, 9), Header(2, 1), end) },
        { "second IHDR", FileOf(Header(2, 1), Header(2, 1), Data(0, 7, 9), end) },
        { "no image data", FileOf(Header(2, 1), end) },
        { "do not follow each other", FileOf(Header(2, 1), Data(0, 7, 9), Chunk("tEXt", 65, 0), Data(0), end) },
        { "critical chunk ABCD is unknown", FileOf(Header(2, 1), Chunk("ABCD"), Data(0, 7, 9), end) },
        { "expected four letters", FileOf(Header(2, 1), Chunk("A\0CD"), Data(0, 7, 9), end) },
        { "truncated at row 1 of 2", FileOf(Header(2, 2), Data(0, 7, 9), end) },
        { "row 0 has the filter 5", FileOf(Header(2, 1), Data(5, 7, 9), end) },
        { "compressed image data is damaged", FileOf(Header(2, 1), Chunk("IDAT", 1, 2, 3, 4, 5), end) },
        { "no PLTE", FileOf(Header(2, 1, 8, 3), Data(0, 0, 0), end) },
        { "palette has 4 bytes", FileOf(Header(2, 1, 8, 3), Chunk("PLTE", 1, 2, 3, 4), Data(0, 0, 0), end) },
        { "uses color 1 of a palette of 1", FileOf(Header(2, 1, 8, 3), Chunk("PLTE", 1, 2, 3), Data(0, 0, 1), end) },
        { "tRNS has 2 bytes, expected at most 1", FileOf(Header(2, 1, 8, 3), Chunk("PLTE", 1, 2, 3), Chunk("tRNS", 1, 2), Data(0, 0, 0), end) },
        { "tRNS has 1 bytes, expected 2", FileOf(Header(2, 1), Chunk("tRNS", 1), Data(0, 7, 9), end) },
        { "beside an alpha channel", FileOf(Header(1, 1, 8, 4), Chunk("tRNS", 0, 1), Data(0, 7, 9), end) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_file_gives_one_clear_sentence(string expected, byte[] file) => Assert.Contains(expected, Message(file));

    [Fact]
    public void A_wrong_checksum_of_the_compressed_data_is_noticed()
    {
        var chunk = Data(0, 7, 9);
        var data = chunk[8..^4];
        data[^1] ^= 1; // Adler-32
        Assert.Contains("compressed image data is damaged", Message(FileOf(Header(2, 1), Chunk("IDAT", data), end)));
    }

    [Fact]
    public void Random_changes_with_right_checksums_give_a_picture_or_the_one_exception()
    {
        var random = new System.Random(5);
        var good = FileOf(Header(9, 7, 4, 3, interlace: 1), Chunk("PLTE", new byte[48]), Chunk("tRNS", 1, 2), Data(new byte[100]), end);
        Png.Decode(good);
        var refused = 0;
        for (var n = 0; n < 2000; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 5); k > 0; k--) file[random.Next(8, file.Length)] = (byte)random.Next(256);
            for (var at = 8; at + 12 <= file.Length;)
            {
                var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
                if (length > file.Length - at - 12) break;
                BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc32.Of(file.AsSpan(at + 4, 4 + (int)length)));
                at += 12 + (int)length;
            }

            try
            {
                Png.Decode(file);
            }
            catch (DataFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 2000);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal("nowhere/none.png: there is no such file.", Assert.Throws<DataFileException>(() => Png.Read("nowhere/none.png")).Message);
}
