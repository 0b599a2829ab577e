using Strata.Formats;

namespace Strata.Data.Tests.Files;

public class IdxTests
{
    static byte[] Bytes(byte type, int[] sizes, params byte[] data) =>
        [0, 0, type, (byte)sizes.Length, .. sizes.SelectMany(s => new[] { (byte)(s >> 24), (byte)(s >> 16), (byte)(s >> 8), (byte)s }), .. data];

    static string Error(byte[] file)
    {
        using var folder = new TemporaryFolder();
        return Assert.Throws<DataFileException>(() => Idx.Read(folder.Write("a.idx", file))).Message;
    }

    static Tensor Read(byte[] file, bool gzip = false)
    {
        using var folder = new TemporaryFolder();
        return Idx.Read(gzip ? folder.WriteGzip("a.gz", file) : folder.Write("a", file));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Reads_every_type_plain_and_compressed(bool gzip)
    {
        var bytes = Read(Bytes(0x08, [2, 3], 1, 2, 3, 4, 5, 255), gzip);
        Assert.Equal(Shape.Of(2, 3), bytes.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 255], bytes.ToArray<byte>());
        Assert.Equal([1, -2], Read(Bytes(0x09, [2], 1, 254), gzip).ToArray<int>());
        Assert.Equal([258, -2], Read(Bytes(0x0B, [2], 1, 2, 255, 254), gzip).ToArray<int>());
        Assert.Equal([0x01020304, -1], Read(Bytes(0x0C, [2], 1, 2, 3, 4, 255, 255, 255, 255), gzip).ToArray<int>());
        Assert.Equal([1.5f], Read(Bytes(0x0D, [1], 0x3F, 0xC0, 0, 0), gzip).ToArray<float>());
        Assert.Equal([-2.0], Read(Bytes(0x0E, [1, 1], 0xC0, 0, 0, 0, 0, 0, 0, 0), gzip).ToArray<double>());
        Assert.Equal(Shape.Of(0, 5), Read(Bytes(0x0D, [0, 5]), gzip).Shape);
    }

    [Fact]
    public void Faults_give_one_clear_sentence()
    {
        Assert.Contains("a.idx: not an IDX file: it begins with 89504E47, expected 0000", Error([0x89, 0x50, 0x4E, 0x47, 1, 2, 3]));
        Assert.Contains("not an IDX file", Error([]));
        Assert.Contains("not an IDX file", Error(Bytes(0x0A, [1], 1)));
        Assert.Contains("not an IDX file", Error(Bytes(0x08, [])));
        Assert.Contains("header is truncated: it should hold 2 sizes", Error(Bytes(0x08, [2, 2])[..9]));
        Assert.Contains("the array [2, 3] needs 6 bytes", Error(Bytes(0x08, [2, 3], 1, 2, 3, 4, 5)));
        Assert.Contains("bytes after the 2 elements", Error(Bytes(0x08, [2], 1, 2, 3)));
        Assert.Contains("axis 0 has the size 4294967295", Error(Bytes(0x08, [-1], 1)));
        Assert.Contains("more elements than the limit", Error(Bytes(0x08, [1 << 20, 1 << 20, 1 << 20], 1)));
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => Idx.Read("nowhere")).Message);
    }

    [Fact]
    public void A_small_file_that_claims_much_allocates_next_to_nothing()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in new[] { folder.Write("a", Bytes(0x0E, [1 << 27], 1)), folder.WriteGzip("a.gz", Bytes(0x0E, [1 << 27], 1)) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("the file is truncated", Assert.Throws<DataFileException>(() => Idx.Read(path)).Message);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000);
        }
    }

    [Fact]
    public void A_damaged_compressed_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteGzip("a.gz", Bytes(0x08, [1000], [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i >> 3))]));
        var good = File.ReadAllBytes(path);
        Assert.Equal(1000, Idx.Read(path).Size);
        for (var length = 0; length < good.Length; length += 7)
        {
            File.WriteAllBytes(path, good[..length]);
            Assert.Throws<DataFileException>(() => Idx.Read(path));
        }

        good[good.Length / 2] ^= 0x40;
        File.WriteAllBytes(path, good);
        Assert.Contains("damaged", Assert.Throws<DataFileException>(() => Idx.Read(path)).Message);
    }
}
