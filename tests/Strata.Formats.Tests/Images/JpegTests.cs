using Strata.Formats.Images;

namespace Strata.Formats.Tests.Images;

/// <summary>The files, and the pixels that libjpeg-turbo makes of them, are from make_jpeg.py.</summary>
public class JpegTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Images", "Jpeg");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.png").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".jpg"));

    static string Error(byte[] file) => Assert.Throws<DataFileException>(() => Jpeg.Decode(file)).Message;

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_are_those_of_libjpeg(string name)
    {
        var image = Jpeg.Read(Path.Combine(Folder, name + ".jpg"));
        var expected = Png.Read(Path.Combine(Folder, name + ".png"));
        Assert.Equal((expected.Height, expected.Width, expected.Channels, 8), (image.Height, image.Width, image.Channels, image.BitDepth));
        var worst = 0;
        for (var i = 0; i < expected.Bytes.Length; i++) worst = Math.Max(worst, Math.Abs(image.Bytes[i] - expected.Bytes[i]));
        Assert.InRange(worst, 0, name.StartsWith("cmyk", StringComparison.Ordinal) ? 2 : 0);
    }

    [Fact]
    public void There_are_files_of_every_kind() => Assert.InRange(Files.Count, 35, 100);

    [Fact]
    public void Other_kinds_are_named()
    {
        Assert.Equal("JPEG image: not a JPEG file: it begins with 895047, expected FFD8FF.", Error([0x89, 0x50, 0x47, 0x0D]));
        Assert.Contains("not a JPEG", Error([]));
        Assert.Contains("arithmetic-coded JPEG, expected Huffman-coded", Error(Bytes("arithmetic")));
        Assert.Contains("too many codes of 1 bits", Error([0xFF, 0xD8, 0xFF, 0xC4, 0, 22, 0, 3, .. new byte[15], 1, 2, 3]));
        Assert.Contains("lossless", Error([0xFF, 0xD8, 0xFF, 0xC3, 0, 2]));
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => Jpeg.Read("nowhere")).Message);
    }

    [Theory]
    [InlineData("color-2x2")]
    [InlineData("progressive-2x1")]
    [InlineData("restart-units")]
    [InlineData("cmyk-adobe")]
    public void Every_truncation_is_refused(string name)
    {
        var file = Bytes(name);
        for (var length = 0; length < file.Length - 2; length += 7) Error(file[..length]);
    }

    [Theory]
    [InlineData("color-2x2")]
    [InlineData("progressive-1x2")]
    [InlineData("restart-progressive")]
    [InlineData("one-component-a-scan")]
    [InlineData("cmyk-adobe")]
    public void Random_changes_give_a_picture_or_the_one_exception(string name)
    {
        var good = Bytes(name);
        var random = new System.Random(4);
        var refused = 0;
        for (var n = 0; n < 500; n++)
        {
            var file = (byte[])good.Clone();
            for (var k = random.Next(1, 6); k > 0; k--) file[random.Next(2, file.Length)] = (byte)random.Next(256);
            try
            {
                Jpeg.Decode(file);
            }
            catch (DataFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 500);
    }

    [Fact]
    public void A_small_file_that_claims_a_huge_picture_allocates_next_to_nothing()
    {
        var file = Bytes("color-1x1");
        var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (file[at + 5], file[at + 6], file[at + 7], file[at + 8]) = (0x7F, 0xFF, 0x7F, 0xFF);
        Assert.Contains("more than the limit", Error(file));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("bytes can hold", Assert.Throws<DataFileException>(() => Jpeg.Decode(file, long.MaxValue)).Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000);
    }
}
